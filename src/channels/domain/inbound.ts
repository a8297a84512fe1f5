/** A field of a form or of a query. */
type InboundField = readonly [name: string, value: string];

/**
 * The types of body in which a provider calls: `json`; `form`, URL-encoded. A call by GET has none and is
 * taken where `query` stands.
 */
export type InboundType = 'json' | 'form' | 'query';

/** What a provider's call says. */
export interface InboundContent {
  /** `undefined` where the body is no JSON. */
  json: unknown;
  /** In their order; names may come twice. */
  form: readonly InboundField[];
  query: readonly InboundField[];
}

/** A provider's call as it came, for whoever verifies its signature. */
export interface InboundCallRequest extends InboundContent {
  method: 'GET' | 'POST';
  /** As the provider called it: of `PUBLIC_URL`, never of the `Host` that a caller names. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  rawBody: Uint8Array;
}

/** What a provider wants to be answered. */
export interface InboundAnswer {
  status: 200 | 204;
  /** The body, as `text/xml`; without it there is none. */
  xml?: string;
}
