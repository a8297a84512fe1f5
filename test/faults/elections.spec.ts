import { setTimeout as pause } from 'node:timers/promises';
import { Cluster } from '../support/cluster';
import { ElectionDesk, type Kept } from '../support/election-desk';
import { eventually } from '../support/eventually';
import { Receiver } from '../support/receiver';
import { ReplicaSet } from '../support/replica-set';

/** Of each kind: the primary killed, and asked to step down. */
const ELECTIONS = Number(process.env.ELECTIONS ?? 10);
const LEADS = Number(process.env.FAULT_LEADS ?? 600);
const ROWS = Number(process.env.FAULT_ROWS ?? 10_000);
const WORKERS = 2;
/** From the moment that the set has a primary again until a write of a caller is answered well. */
const WRITES_WITHIN_MS = 5_000;

/**
 * Needs a replica set whose members can be killed: `FAULTS_MONGODB_URI` names all of them, and the commands
 * `FAULTS_MEMBER_KILL` and `FAULTS_MEMBER_START` get the member's port in `PORT`.
 */
const set = ReplicaSet.ofEnvironment();

/** Everything at once while the set's primary is killed and steps down: what was promised stays so. */
describe('a replica set that elects again and again', () => {
  const cluster = new Cluster({
    DEVICE_GAP_SECONDS: '1',
    CONTACT_GAP_SECONDS: '0',
    SEND_EDGE_SECONDS: '0',
    CLAIM_LEASE_SECONDS: '10',
    PROVIDER_TIMEOUT_SECONDS: '10',
    OUTCOME_GIVE_UP_SECONDS: '60',
    TICK_MS: '500',
  });
  let receiver: Receiver;
  let desk: ElectionDesk;
  beforeAll(async () => {
    if (!set) return;
    receiver = await Receiver.start();
    await set.empty();
    await cluster.start(WORKERS);
    desk = new ElectionDesk(cluster, receiver);
  }, 180_000);
  afterAll(async () => {
    await cluster.close();
    await set?.close();
    await receiver?.close();
  });

  (set ? it : it.skip)(
    `keeps its promises through ${ELECTIONS} kills and ${ELECTIONS} steps down${set ? '' : ' (no replica set is named)'}`,
    async () => {
      await desk.furnish(LEADS);
      const imports = [await desk.startImport(ROWS, 0)];
      const kept: Kept[] = [];
      const callers = new AbortController();
      const calling = [0, 1, 2].map((caller) => desk.keepSaving(caller, kept, callers.signal));
      const backAfter: number[] = [];
      for (let election = 0; election < 2 * ELECTIONS; election += 1) {
        const isKill = election % 2 === 0;
        const victim = await set!.primary();
        await desk.someoneSaysStop(election);
        await (isKill ? set!.kill(victim) : set!.stepDown(victim));
        await eventually(async () => (await set!.primary().catch(() => victim)) !== victim, 60_000);
        const elected = Date.now();
        await desk.someoneSaysStop(election + 0.5);
        await eventually(() => Promise.resolve(kept.some(({ sentAt }) => sentAt >= elected)), 60_000);
        backAfter.push(Math.min(...kept.filter(({ sentAt }) => sentAt >= elected).map(({ at }) => at)) - elected);
        if (election % 5 === 4) imports.push(await desk.startImport(ROWS / 5, election));
        if (isKill) await set!.start(victim);
        await set!.isWhole();
        await pause(1_500);
      }
      callers.abort();
      await Promise.all(calling);

      process.stderr.write(`${JSON.stringify({ calls: kept.length, refused: desk.refusals, backAfter })}\n`);
      await desk.allImported(imports);
      await desk.allSent();
      const figures = await desk.figures();
      process.stderr.write(`${JSON.stringify(figures)}\n`);
      expect(figures.twice).toEqual([]);
      expect(figures.sentWithoutARecord).toEqual([]);
      expect(figures.recordedWithoutASend).toEqual([]);
      expect(figures.afterOptOut).toEqual([]);
      expect(figures.unheardOptOuts).toEqual([]);
      expect(figures.untold).toEqual([]);
      expect(desk.oddAnswers).toEqual([]);
      // What was answered well is there, and what was repeated is there once.
      expect(await desk.savedByCallers()).toBe(kept.length);
      expect(Math.max(...backAfter)).toBeLessThanOrEqual(WRITES_WITHIN_MS);
    },
    1_500_000,
  );
});
