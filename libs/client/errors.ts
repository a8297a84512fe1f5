/** One thing wrong with a request: where, and what. */
export interface ErrorDetail {
  /** The row of a list, from 0. */
  index?: number;
  field: string;
  code?: string;
  message: string;
}

/**
 * What the API refused, by its `code`; all codes are in docs/errors.md. A refused call has changed nothing.
 */
export class TucoError extends Error {
  override readonly name = 'TucoError';

  constructor(
    /** The HTTP status; 0 where no answer came. */
    readonly status: number,
    /** Such as `DUPLICATE_LEAD`; `NO_ANSWER` where none came. */
    readonly code: string,
    message: string,
    readonly details: readonly ErrorDetail[] = [],
    /** Names the call in the server's log. */
    readonly correlationId: string | null = null,
    /** Seconds after which the same call may succeed. */
    readonly retryAfter: number | null = null,
    /** All of the answer's body. */
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** The error that an answer stands for. */
export async function errorOf(response: Response): Promise<TucoError> {
  const body = await bodyOf(response);
  const {
    error = response.statusText,
    code = `HTTP_${response.status}`,
    details = [],
  } = body as {
    error?: string;
    code?: string;
    details?: ErrorDetail[];
  };
  const { headers, status } = response;
  return new TucoError(status, code, error, details, headers.get('x-correlation-id'), retryAfterOf(response), body);
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.clone().json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Seconds, or a date (RFC 9110, 10.2.3). `null` where the answer says nothing. */
export function retryAfterOf({ headers }: Response, now = Date.now()): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  if (/^\d+$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1_000));
}
