// Prints one line of JSON a figure: npm run bench -w libs/bluebubbles-simulator. A simulator that is slower
// than the product would be what a benchmark of the product measures.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QUICK_TIMES, startBlueBubblesSimulator } from '../index';

const CALLS = 5_000;
const AT_ONCE = 20;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bluebubbles-bench-'));
  const simulator = await startBlueBubblesSimulator({
    ledgerFile: join(folder, 'ledger.jsonl'),
    times: { ...QUICK_TIMES, helperGapMs: 0, helperMs: 0 },
    bridges: [{ password: 'one' }],
  });
  const addresses = Array.from({ length: 90 }, (_, n) => `+1415555${String(n).padStart(2, '0')}00`);
  for (const address of addresses) simulator.openChat({ addresses: [address] });
  const send = async (index: number): Promise<void> => {
    const answer = await fetch(`${simulator.url}/api/v1/message/text?password=one`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        chatGuid: `iMessage;-;${addresses[index % addresses.length]}`,
        method: 'private-api',
        tempGuid: `t${index}`,
        message: 'Hello',
      }),
    });
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  try {
    const from = performance.now();
    for (let first = 0; first < CALLS; first += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, (_, offset) => send(first + offset)));
    }
    const value = Math.round((CALLS * 1_000) / (performance.now() - from));
    console.log(JSON.stringify({ what: 'messages, written to the ledger first', value, unit: 'a second' }));
  } finally {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
