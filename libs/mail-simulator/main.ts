import { startMailSimulator } from './simulator';

/** `--account USER:PASSWORD:ADDRESS[,ADDRESS …]`, as often as there are accounts. */
function accountsIn(words: readonly string[]) {
  return words.flatMap((word, index) => {
    if (word !== '--account') return [];
    const [user = '', password = '', addresses = ''] = (words[index + 1] ?? '').split(':');
    if (!user || !password || !addresses) throw new Error('--account is USER:PASSWORD:ADDRESS[,ADDRESS …]');
    return [{ user, password, addresses: addresses.split(',') }];
  });
}

/**
 * Prints `ready <page> <smtp port> <imap port>` once it listens; ends on SIGTERM, SIGINT or when its parent
 * is gone.
 */
async function main(): Promise<void> {
  const accounts = accountsIn(process.argv.slice(2));
  if (accounts.length === 0) throw new Error('name at least one --account USER:PASSWORD:ADDRESS');
  const simulator = await startMailSimulator({ accounts });
  const end = () => void simulator.stop().finally(() => process.exit(0));
  for (const reason of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(reason, end);
  process.stdout.write(`ready ${simulator.url} ${simulator.smtpPort} ${simulator.imapPort}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`The simulator cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
