import { NeverConnected } from './downloads';

/** Why an exchange broke off, without anything of the URL. @param who it was with, such as `the bridge` */
export function wordsOfBreak(error: unknown, who: string): string {
  if (error instanceof NeverConnected) return error.message;
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return `${who} did not answer in time`;
  return `the connection to ${who} broke off`;
}
