/** docs/openapi.json: written by `npm run openapi`, and compared with the code by `npm run check`. */
declare module '#openapi' {
  const openApi: object;
  export default openApi;
}
/** It has no types of its own. */
declare module 'swagger-ui-dist' {
  /** The folder of its files. */
  export function absolutePath(): string;
}
