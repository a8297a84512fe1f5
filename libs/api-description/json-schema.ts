/** A JSON Schema (draft 2020-12, the one of OpenAPI 3.1). */
export interface JsonSchema {
  [keyword: string]: unknown;
}
