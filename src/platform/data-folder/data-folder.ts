import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The message is for the person who starts a process. */
export class DataFolderUnusable extends Error {
  override readonly name = 'DataFolderUnusable';
}

/** Why a file or a folder cannot be made, by the code of the system. */
export const FILE_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is on a file system that is read-only',
  ENOSPC: 'there is no room left',
  ENOENT: 'nothing can be made there',
  ENOTDIR: 'a part of the path is a file',
  ENAMETOOLONG: 'the path is too long',
};

/**
 * Makes a folder, and those above it that are missing, for this user alone; what is there stays as it is.
 * @param named how it is called by whoever named it
 * @throws DataFolderUnusable
 */
export function makeDataFolder(folder: string, named = `DATA_DIR=${folder}`): void {
  const missing: string[] = [];
  let above = resolve(folder);
  for (; !existsSync(above) && dirname(above) !== above; above = dirname(above)) missing.unshift(above);
  if (!statSync(above).isDirectory()) throw new DataFolderUnusable(`${named} cannot be used: ${above} is a file`);
  try {
    // One by one: asked for all of them at once, Node never comes back from file systems such as /proc.
    for (const one of missing) makeOne(one);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new DataFolderUnusable(`${named} cannot be used: ${FILE_REASONS[code] ?? message}`);
  }
}

/** Another process may make it at the same moment. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
  }
}
