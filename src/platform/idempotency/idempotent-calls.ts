import { deserialize, serialize } from 'node:v8';
import { Injectable, Logger } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Binary } from 'bson';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock, Heartbeat } from '../clock';
import { Ids, type WorkspaceId } from '../ids';
import { collectionOf, type IdempotencyContext, idempotencyContext, isDuplicateKey, type Transaction, within } from '../mongo';
import { IdempotencyKeyReused, IdempotentCallRunning } from './idempotency.errors';
import { KEPT_SECONDS, type KeptAnswerDocument } from './kept-answer.schema';

/** A call whose lock was not renewed for this long counts as dead; repeating it takes it over. */
const LOCK_MS = 15_000;
/** Never stored: these answers depend on the moment, not on the work. */
const OF_THE_MOMENT = new Set([401, 402, 429]);

/** What a repeated call is answered once its answer was erased. */
const ERASED_BODY = JSON.stringify({ isErased: true });
const HTTP_OK = 200;

export interface Answer {
  status: number;
  body: unknown;
}

export interface IdempotentCall {
  workspaceId: WorkspaceId;
  key: string;
  /** Of all that makes the request what it is: method, path, query, body. */
  digest: string;
}

/**
 * Does calls with an Idempotency-Key once, however often they are repeated, and gives the first answer again.
 */
@Injectable()
export class IdempotentCalls {
  private readonly logger = new Logger(IdempotentCalls.name);
  private readonly kept: Collection<KeptAnswerDocument>;

  constructor(
    @InjectModel('KeptAnswer') model: Model<KeptAnswerDocument>,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {
    this.kept = collectionOf(model);
  }

  /**
   * Runs `work` unless the call was answered before. The first transaction inside `work` and its record are
   * one, so a crash anywhere leaves either nothing done, or work whose result the repeated call goes on with.
   * @param work its answer is kept when it is final: below 500, and not 401, 402 or 429
   * @throws IdempotencyKeyReused, IdempotentCallRunning, whatever `work` throws (nothing is kept then)
   */
  async run(call: IdempotentCall, work: () => Promise<Answer>): Promise<Answer & { repeated: boolean }> {
    const token = this.ids.token();
    const before = await this.begin(call, token);
    if (before?.state === 'done') return { status: before.status!, body: JSON.parse(before.body!), repeated: true };
    const context = new StoredContext(this.kept, { _id: idOf(call), token }, before?.result ?? null);
    const heartbeat = new Heartbeat(this.clock, LOCK_MS, () => this.keepLock(idOf(call), token));
    try {
      const answer = await idempotencyContext.run(context, work);
      if (answer.status >= 500 || OF_THE_MOMENT.has(answer.status)) await this.release(call, token);
      else await this.keep(call, token, answer);
      return { ...answer, repeated: false };
    } catch (error) {
      await this.release(call, token);
      throw error;
    } finally {
      context.close();
      await heartbeat.stop();
    }
  }

  /** Is a call of the workspace running that began before then? */
  async isAnyRunning(workspaceId: WorkspaceId, before: Date): Promise<boolean> {
    const running = { state: 'running', createdAt: { $lte: before }, lockedUntil: { $gt: this.clock.now() } } as const;
    return (await this.kept.findOne({ ...ofWorkspace(workspaceId), ...running }, { projection: { _id: 1 } })) !== null;
  }

  /**
   * Blanks the answers in which one of the texts stands: the calls are not done again, and a repeated one
   * hears that its answer was erased. The same becomes of calls that died behind their work.
   */
  async forget(workspaceId: WorkspaceId, texts: readonly string[]): Promise<void> {
    const sought = texts.map((text) => JSON.stringify(text).slice(1, -1));
    const isIn = (content: string | null) => content !== null && sought.some((text) => content.includes(text));
    for await (const { _id, token, status, body, result, lockedUntil } of this.kept.find(ofWorkspace(workspaceId))) {
      const isAtWork = body === null && lockedUntil > this.clock.now();
      if (isAtWork || !isIn(body ?? (result && JSON.stringify(deserialize(result.buffer))))) continue;
      const blank = { state: 'done' as const, status: status ?? HTTP_OK, body: ERASED_BODY, result: null };
      await this.kept.updateOne({ _id, token }, { $set: blank });
    }
  }

  /** Claims the call. @returns what is known of it from before */
  private async begin(call: IdempotentCall, token: string): Promise<KeptAnswerDocument | null> {
    const now = this.clock.now();
    const fresh: KeptAnswerDocument = {
      _id: idOf(call),
      digest: call.digest,
      state: 'running',
      token,
      lockedUntil: new Date(now.getTime() + LOCK_MS),
      result: null,
      status: null,
      body: null,
      createdAt: now,
    };
    for (;;) {
      try {
        await this.kept.insertOne(fresh);
        return null;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const known = await this.kept.findOne({ _id: fresh._id });
      if (!known) continue;
      if (known.createdAt.getTime() <= now.getTime() - KEPT_SECONDS * 1_000) {
        await this.kept.deleteOne({ _id: fresh._id, createdAt: known.createdAt });
        continue;
      }
      if (known.digest !== call.digest) throw new IdempotencyKeyReused();
      if (known.state === 'done') return known;
      const claimed = await this.kept.findOneAndUpdate(
        { _id: fresh._id, state: 'running', lockedUntil: { $lte: now } },
        { $set: { token, lockedUntil: fresh.lockedUntil } },
        { returnDocument: 'after' },
      );
      if (claimed) return claimed;
      throw new IdempotentCallRunning(Math.max(1, Math.ceil((known.lockedUntil.getTime() - now.getTime()) / 1_000)));
    }
  }

  private async keep(call: IdempotentCall, token: string, { status, body }: Answer): Promise<void> {
    try {
      const done = { state: 'done' as const, status, body: JSON.stringify(body ?? null), result: null };
      await this.kept.updateOne({ _id: idOf(call), token }, { $set: done });
    } catch (error) {
      // The caller gets this answer; a repeated call makes it again from the result that was kept with the
      // work.
      this.logger.warn({ err: error }, 'An answer could not be kept');
    }
  }

  /** Lets the call be repeated: from the start, or from its result where its work was done. */
  private async release(call: IdempotentCall, token: string): Promise<void> {
    const mine = { _id: idOf(call), token };
    try {
      const { deletedCount } = await this.kept.deleteOne({ ...mine, result: null });
      if (deletedCount === 0) await this.kept.updateOne(mine, { $set: { lockedUntil: this.clock.now() } });
    } catch (error) {
      this.logger.warn({ err: error }, 'An idempotent call could not be released; it is free when its lock runs out');
    }
  }

  private async keepLock(id: string, token: string): Promise<void> {
    const lockedUntil = new Date(this.clock.now().getTime() + LOCK_MS);
    await this.kept.updateOne({ _id: id, token }, { $set: { lockedUntil } });
  }
}

/** All of a workspace, by the index of the ids. */
const ofWorkspace = (workspaceId: WorkspaceId) => ({ _id: { $gte: `${workspaceId} `, $lt: `${workspaceId}!` } });

const idOf = ({ workspaceId, key }: IdempotentCall): string => `${workspaceId} ${key}`;

/** Stores the result beside the lock, and only for the holder of the lock. */
class StoredContext implements IdempotencyContext {
  private known: { result: unknown } | undefined;
  private used = false;

  constructor(
    private readonly kept: Collection<KeptAnswerDocument>,
    private readonly mine: { _id: string; token: string },
    result: Binary | null,
  ) {
    if (result) this.known = { result: deserialize(result.buffer) };
  }

  recall(): { result: unknown } | undefined {
    const known = this.known;
    this.known = undefined;
    if (known) this.used = true;
    return known;
  }

  async keep(result: unknown, transaction: Transaction): Promise<void> {
    if (this.used) return;
    const kept = new Binary(serialize(result));
    const { matchedCount } = await this.kept.updateOne(this.mine, { $set: { result: kept } }, within(transaction));
    if (matchedCount === 0) throw new IdempotentCallRunning(1);
    transaction.afterCommit(() => (this.used = true));
  }

  /** What goes on after the answer is no part of the call. */
  close(): void {
    this.used = true;
    this.known = undefined;
  }
}
