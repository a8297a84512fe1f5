/** What BlueBubbles answers everything with; `status` repeats the HTTP status. */
export interface Envelope {
  status: number;
  message: string;
  data?: unknown;
  metadata?: unknown;
  error?: { type: string; message: string };
}

const WORDS: Record<number, [type: string, message: string]> = {
  400: ['Validation Error', "You've made a bad request! Please check your request params & body"],
  401: ['Authentication Error', 'You are not authorized to access this resource'],
  404: ['Database Error', 'The requested resource was not found'],
  500: ['Server Error', 'The server has encountered an error'],
  504: ['Gateway Timeout', 'The server took too long to response!'],
};

export const success = (message: string, data?: unknown, metadata?: unknown): Envelope => ({
  status: 200,
  message,
  ...(data === undefined ? {} : { data }),
  ...(metadata === undefined ? {} : { metadata }),
});

export function failure(status: 400 | 401 | 404 | 500 | 504, words: string): Envelope {
  const [type, message] = WORDS[status]!;
  return { status, message, error: { type, message: words } };
}

/** iMessage itself did not take the message, which comes along with its `error` number. */
export const messageError = (data: unknown): Envelope => ({
  status: 500,
  message: 'Message Send Error',
  error: { type: 'iMessage Error', message: 'Failed to send message! See attached message error code.' },
  data,
});

/** The request is wrong; answered with 400 and the words. */
export class BadRequest extends Error {}
/** There is no such thing; answered with 404 and the words. */
export class Missing extends Error {}
