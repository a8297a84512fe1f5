import type { Page } from '../proxy';

/** What BlueBubbles answers nearly everything with; `status` repeats the HTTP status. */
export interface Envelope {
  status: number;
  message: string;
  data?: unknown;
  metadata?: unknown;
  error?: { type: string; message: string };
}

/** The server's own answers that are no envelope. */
export interface PlainText {
  status: 404 | 405;
  text: string;
  headers?: Record<string, string>;
}

/** An answer, or what comes in its place; `cut` is none at all. */
export type Answer = Envelope | PlainText | Page | 'cut';

/** Ends a call with the answer that it carries. */
export class Answered extends Error {
  constructor(readonly answer: Envelope | PlainText) {
    super('error' in answer && answer.error ? answer.error.message : 'text' in answer ? answer.text : answer.message);
  }
}

/**
 * What goes wrong within the server, in its words. A call that does not wrap it in an envelope of its own
 * answers 500 "Server Error".
 */
export class Failure extends Error {
  constructor(
    words: string,
    /** The envelope carries `data: null`. */
    readonly hasNullData = false,
  ) {
    super(words);
  }
}

/** Nothing was handed to Messages. */
export class NotHandedOver extends Failure {}

export const success = (message: string, data?: unknown, metadata?: unknown): Envelope => ({
  status: 200,
  message,
  ...(data === undefined ? {} : { data }),
  ...(metadata === undefined ? {} : { metadata }),
});

/** The message of an answer that has none of its own. */
export const SUCCESS = 'Success';

const failed = (status: number, message: string, type: string, words: string): Answered =>
  new Answered({ status, message, error: { type, message: words } });

export const badRequest = (words: string): Answered =>
  failed(400, "You've made a bad request! Please check your request params & body", 'Validation Error', words);

export const unauthorized = (words: string): Answered =>
  failed(401, 'You are not authorized to access this resource', 'Authentication Error', words);

export const notFound = (words: string): Answered => failed(404, 'The requested resource was not found', 'Database Error', words);

/** Whatever nobody has caught. */
export const unhandled = (words: string): Envelope => ({
  status: 500,
  message: 'An unhandled error has occurred!',
  error: { type: 'Server Error', message: words },
});

/** A failure of a send, wrapped as its call does. */
export const iMessageError = (message: string, words: string, hasNullData = false): Answered =>
  new Answered({
    status: 500,
    message,
    ...(hasNullData ? { data: null } : {}),
    error: { type: 'iMessage Error', message: words },
  });

export const gatewayTimeout = (ms: number): Envelope => ({
  status: 504,
  message: `The request timed-out after ${ms}!`,
  error: { type: 'Gateway Timeout', message: 'The server took too long to respond and has timed-out!' },
});

/**
 * The answer of the web framework to a path that it does not know, and to one that nothing was written to.
 */
export const PLAIN_NOT_FOUND: PlainText = { status: 404, text: 'Not Found' };

export const plainNotAllowed = (methods: string[]): PlainText => ({
  status: 405,
  text: 'Method Not Allowed',
  headers: { allow: methods.join(', ') },
});
