/** An error as Pino writes it. */
interface SerializedError {
  type?: string;
  message: string;
  stack: string;
  [more: string]: unknown;
}

/** What the driver hangs on its errors: the documents that it was writing. */
const OF_DOCUMENTS = ['writeErrors', 'writeConcernErrors', 'result', 'errorResponse', 'keyValue', 'op'];

/** MongoDB names the values of a key that is there already, which may be somebody's address. */
const withoutKeys = (text: string): string => text.replace(/dup key: \{.*?\}(?= *(?:"|\n|$|,))/gs, 'dup key: {…}');

/** Leaves out of an error what it says of stored documents: a log outlives people who are erased. */
export function loggedError(error: SerializedError): SerializedError {
  const rest = Object.fromEntries(Object.entries(error).filter(([name]) => !OF_DOCUMENTS.includes(name)));
  return { ...rest, message: withoutKeys(error.message), stack: withoutKeys(error.stack) };
}
