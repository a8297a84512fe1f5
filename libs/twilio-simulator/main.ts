import { readArguments } from './arguments';
import { startTwilioSimulator } from './simulator';

/** Prints `ready <url>` once it listens; ends on SIGTERM, SIGINT or when its parent is gone. */
async function main(): Promise<void> {
  const { options, latencyMs } = readArguments(process.argv.slice(2));
  const simulator = await startTwilioSimulator(options);
  simulator.control({ latencyMs });
  const end = () => void simulator.stop().finally(() => process.exit(0));
  for (const reason of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(reason, end);
  process.stdout.write(`ready ${simulator.url}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`The simulator cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
