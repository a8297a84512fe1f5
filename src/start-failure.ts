import { InvalidConfig } from './platform/config';
import { DataFolderUnusable, FILE_REASONS } from './platform/data-folder';
import { IndexNotBuildable } from './platform/mongo';
import { WrongEncryptionKey } from './platform/secrets';

type Kind = abstract new (...args: never[]) => Error;

/** What they say is a sentence for the person who starts a process. */
const IN_WORDS: readonly Kind[] = [InvalidConfig, DataFolderUnusable, IndexNotBuildable, WrongEncryptionKey];

const OF_LISTENING: Record<string, string> = {
  EADDRINUSE: 'something listens there already',
  EADDRNOTAVAIL: 'this machine does not have the address',
  EACCES: 'this user may not listen there',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be looked up',
};
const NO_STORE = /^(Mongoose|Mongo)(ServerSelection|Network|NetworkTimeout)Error$/;

/**
 * What went wrong at a start, in a sentence that needs no stack; `null` for what nobody has thought of. No
 * sentence holds what a setting may hide.
 * @param more errors whose messages are sentences too
 */
export function startFailure(error: unknown, more: readonly Kind[] = []): string | null {
  if (!(error instanceof Error)) return null;
  if ([...IN_WORDS, ...more].some((kind) => error instanceof kind)) return error.message;
  const { code = '', syscall, path, address, hostname, port } = error as NodeJS.ErrnoException & Partial<Place>;
  if (syscall === 'listen' || syscall === 'bind' || syscall === 'getaddrinfo') {
    const place = [address ?? hostname, port].filter((part) => part !== undefined && part !== '').join(' port ');
    return `It cannot listen on ${place || 'its address'}: ${OF_LISTENING[code] ?? code} (HOST, PORT, METRICS_HOST and METRICS_PORT say where)`;
  }
  if (path !== undefined && FILE_REASONS[code]) return `${path} cannot be used: ${FILE_REASONS[code]}`;
  if (NO_STORE.test(error.name)) return `MongoDB (MONGODB_URI) does not answer: ${withoutUser(error.message)}`;
  return null;
}

interface Place {
  address: string;
  hostname: string;
  port: number;
}

const withoutUser = (text: string): string => text.replace(/\/\/[^/\s]*@/g, '//***@');
