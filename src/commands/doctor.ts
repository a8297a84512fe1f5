import { examine } from './doctor/examine';
import { runCommand, say } from './run-command';

/** `npm run doctor`: prints what is wrong, each with its cure (docs/operations.md). */
runCommand(async () => {
  const findings = await examine({ environment: process.env, now: Date.now });
  for (const { problem, cure } of findings) say(`- ${problem}.\n  ${cure}.`);
  if (findings.length > 0) process.exitCode = 1;
});
