import { InvalidConfig } from '../platform/config';
import { DataFolderUnusable } from '../platform/data-folder';

/** A command cannot do what it was asked for. The message is a sentence for the person who typed it. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

const IN_WORDS = [InvalidConfig, CommandRefused, DataFolderUnusable];

/** Prints a line for the person who typed a command. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Runs a command of an operator's and ends the process: with 0, or, where it fails, with 1 and a sentence on
 * the standard error.
 * @param command gets what stands behind the command's name
 */
export function runCommand(command: (args: readonly string[]) => Promise<void>): void {
  command(process.argv.slice(2)).then(
    () => process.exit(process.exitCode ?? 0),
    (error: unknown) => {
      const isPlain = IN_WORDS.some((kind) => error instanceof kind);
      process.stderr.write(`${error instanceof Error ? (isPlain ? error.message : error.stack) : String(error)}\n`);
      process.exit(1);
    },
  );
}
