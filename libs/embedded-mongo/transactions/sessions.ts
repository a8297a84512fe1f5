import { deserialize, Long, serialize } from 'bson';
import { CommandError } from '../errors';
import { after, SESSIONS } from '../storage/keys';
import type { Store } from '../storage/store';
import type { Doc } from '../values/types';

/**
 * What a session's last numbered write or transaction came to: kept in the commit of what it wrote, for when
 * it is asked for again.
 */
interface SessionRecord {
  number: Long;
  at: Date;
  /** Was the number a transaction's, and has it committed? */
  committed?: boolean;
  /** Statements before this one have run. */
  upTo?: number;
  /** Those of them that failed, and will run again. */
  failed?: number[];
  /** Answers that say more than that one document was written. */
  answers?: { statement: number; answer: Doc }[];
}

/** As long as MongoDB keeps a session. */
const KEPT_MS = 30 * 60_000;

/** Statements of a retryable write that have run already, and their answers. */
export class Executed {
  private readonly answers = new Map<number, Doc>();
  private readonly failed: Set<number>;
  private upTo: number;

  constructor(record?: SessionRecord) {
    this.upTo = record?.upTo ?? 0;
    this.failed = new Set(record?.failed);
    for (const { statement, answer } of record?.answers ?? []) this.answers.set(statement, answer);
  }

  /** The answer of a statement that ran; an empty one when it was the usual. */
  answerOf(statement: number): Doc | undefined {
    if (statement >= this.upTo || this.failed.has(statement)) return undefined;
    return this.answers.get(statement) ?? {};
  }

  note(statement: number, answer: Doc | 'failed' | 'usual'): void {
    for (let skipped = this.upTo; skipped < statement; skipped += 1) this.failed.add(skipped);
    this.upTo = Math.max(this.upTo, statement + 1);
    if (answer === 'failed') this.failed.add(statement);
    else {
      this.failed.delete(statement);
      if (answer !== 'usual') this.answers.set(statement, answer);
    }
  }

  toRecord(number: bigint): SessionRecord {
    return {
      number: Long.fromBigInt(number),
      at: new Date(),
      upTo: this.upTo,
      ...(this.failed.size > 0 && { failed: [...this.failed] }),
      ...(this.answers.size > 0 && { answers: [...this.answers].map(([statement, answer]) => ({ statement, answer })) }),
    };
  }
}

/** What is remembered of clients' sessions, so that a write whose answer was lost is not done twice. */
export class Sessions {
  constructor(private readonly store: Store) {}

  /** What has run of this write. @throws TransactionTooOld when the session has gone on */
  require(session: string, number: bigint): Executed {
    const record = this.read(session);
    if (!record) return new Executed();
    const last = record.number.toBigInt();
    if (last > number) throw this.tooOld(number, last);
    return last === number ? new Executed(record) : new Executed();
  }

  /** Within a job of the store. */
  save(session: string, number: bigint, executed: Executed): void {
    this.write(session, executed.toRecord(number));
  }

  /** Within a job of the store. */
  saveCommit(session: string, number: bigint): void {
    this.write(session, { number: Long.fromBigInt(number), at: new Date(), committed: true });
  }

  hasCommitted(session: string, number: bigint): boolean {
    const record = this.read(session);
    return record?.committed === true && record.number.toBigInt() === number;
  }

  tooOld(number: bigint, last: bigint): CommandError {
    return new CommandError(
      225,
      `Cannot start transaction with { txnNumber: ${number} } on session because a newer transaction with txnNumber { txnNumber: ${last} } has already started.`,
    );
  }

  /** Within a job: forgets sessions that were not used for long. */
  removeOld(now: number): void {
    const old = now - KEPT_MS;
    for (const { key, value } of this.store.range(SESSIONS, after(SESSIONS), { limit: Infinity, values: true })) {
      if ((deserialize(value, { promoteLongs: false }) as SessionRecord).at.getTime() < old) this.store.remove(key);
    }
  }

  private read(session: string): SessionRecord | undefined {
    const value = this.store.get(SESSIONS + session);
    return value && (deserialize(value, { promoteLongs: false }) as SessionRecord);
  }

  private write(session: string, record: SessionRecord): void {
    this.store.put(SESSIONS + session, Buffer.from(serialize(record)));
  }
}
