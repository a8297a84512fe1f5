import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { Ids } from '../../platform/ids';
import { Metrics } from '../../platform/metrics';
import { Transactions } from '../../platform/mongo';
import { Ticks } from '../../platform/ticks';
import { Deliveries, type Delivery, triedAgainAt } from '../domain/delivery';
import { disabledFact } from '../domain/facts';
import { Places } from '../domain/places';
import { type DisabledReason, isGivenUp, type Webhook, Webhooks } from '../domain/webhook';
import { ANSWER_WITHIN_MS, type EndpointAnswer, EndpointCalls } from './endpoint-calls';
import { Outbox } from './outbox';
import { PresentWebhook } from './present-webhook';
import { Wakeups } from './wakeups';

/** Calls that one process makes to one endpoint at the same time. */
const AT_ONCE = 8;
/** So many are taken at once, at first, and of an endpoint that has just taken some. */
const [FIRST_TAKEN, TAKEN] = [2 * AT_ONCE, 8 * AT_ONCE];
/** Another worker may take what was taken so long ago, in milliseconds. */
const CLAIM_MS = 4 * ANSWER_WITHIN_MS;
/** What was not begun so long after it was taken is left to whoever takes it next. */
const BEGUN_WITHIN_MS = CLAIM_MS - 2 * ANSWER_WITHIN_MS;
/** Endpoints that one process calls at the same time, and how many of them may fail or be slow. */
const [ENDPOINTS_AT_ONCE, SLUGGISH_AT_ONCE] = [32, 8];
/** An endpoint whose answers take longer is slow, in milliseconds. */
const SLOW_MS = 3_000;
/** An endpoint has its place for so long, then others have a turn; in milliseconds. */
const TURN_MS = 10_000;
/** Endpoints looked at in one go. */
const LOOKED_AT = 64;

const GONE = 'The webhook is switched off: its endpoint answered 410 Gone.';
const FAILING = 'The webhook is switched off: its endpoint has failed for five days.';
const OFF = 'The webhook was switched off before this was delivered.';

/**
 * Tells endpoints what the outbox holds. Each endpoint is worked off by itself, and those that are slow or
 * dead share few places in turns, so that they cost the others nothing. What was taken and not settled, since
 * a process died, is taken again.
 */
@Injectable()
export class Deliverer implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Deliverer.name);
  private readonly places = new Places(ENDPOINTS_AT_ONCE, SLUGGISH_AT_ONCE);
  private readonly working = new Set<Promise<void>>();
  private looking: Promise<void> | null = null;
  private lookAgain = false;
  /** The endpoint that was looked at last: the next look begins behind it. */
  private lookedAt: string | null = null;
  private stopped = false;

  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
    private readonly endpointCalls: EndpointCalls,
    private readonly outbox: Outbox,
    private readonly wakeups: Wakeups,
    private readonly transactions: Transactions,
    private readonly ticks: Ticks,
    private readonly ids: Ids,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ticks.every('deliver webhooks', this.config.TICK_MS, () => this.look(), {
      concerns: ['webhookDeliveries', 'webhooks'],
      nextAt: () => this.deliveries.nextAt(),
    });
    if (this.config.APP_ROLE !== 'api') this.wakeups.on(() => void this.look());
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.looking?.catch(() => undefined);
    await Promise.all(this.working);
  }

  /** Finds endpoints that have something to be told, and begins to tell them. */
  look(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    this.lookAgain = true;
    this.looking ??= this.lookOn().finally(() => (this.looking = null));
    return this.looking;
  }

  private async lookOn(): Promise<void> {
    while (this.lookAgain && !this.stopped) {
      this.lookAgain = false;
      await this.lookOnce();
    }
  }

  /** From where the last look ended, once around, for as long as there are places. */
  private async lookOnce(): Promise<void> {
    const from = this.lookedAt;
    for (let around = from === null; !this.places.areTaken && !this.stopped;) {
      const ids = await this.deliveries.endpointsWithWork(this.clock.now(), LOOKED_AT, this.lookedAt);
      for (const id of ids) {
        if (around && from !== null && id > from) return;
        if (this.places.areTaken) return;
        this.lookedAt = id;
        if (this.places.take(id)) this.begin(id);
      }
      if (ids.length === LOOKED_AT) continue;
      this.lookedAt = null;
      if (around) return;
      around = true;
    }
  }

  private begin(webhookId: string): void {
    const work = this.workOff(webhookId)
      .then(() => true)
      .catch((error: unknown) => {
        this.logger.error({ err: error, webhookId }, 'Webhooks could not be delivered; they are tried again');
        return false;
      })
      .then((isWell) => {
        this.working.delete(work);
        this.places.leave(webhookId);
        // Somebody may have waited for the place. After an error, the tick looks.
        if (isWell) void this.look().catch(() => undefined);
      });
    this.working.add(work);
  }

  /** Until nothing is due for the endpoint, or its turn is over: soon, if it fails or is slow. */
  private async workOff(webhookId: string): Promise<void> {
    const begun = performance.now();
    let limit = FIRST_TAKEN;
    for (let isSluggish = false; !this.stopped && !isSluggish && performance.now() - begun < TURN_MS; limit = TAKEN) {
      const webhook = await this.webhooks.findById(webhookId);
      if (!webhook) return this.deliveries.deleteAll(webhookId);
      const now = this.clock.now();
      if (!webhook.isActive) return this.deliveries.giveUp(webhookId, OFF, now);
      const claim = { token: this.ids.token(), until: new Date(now.getTime() + CLAIM_MS), now };
      const taken = await this.deliveries.claim(webhookId, claim, limit);
      if (taken.length === 0) return;
      isSluggish = await this.deliverAll(webhook, taken);
      this.places.judge(webhookId, isSluggish);
    }
  }

  /** @returns whether the endpoint took none of them, or was slow */
  private async deliverAll(webhook: Webhook, deliveries: readonly Delivery[]): Promise<boolean> {
    const rest = [...deliveries];
    const present = new PresentWebhook(webhook, () => this.webhooks.findById(webhook.id));
    const taken = performance.now();
    const durations: number[] = [];
    let isTaken = false;
    const next = async (): Promise<void> => {
      for (let one = rest.shift(); one && !this.stopped; one = rest.shift()) {
        if (performance.now() - taken > BEGUN_WITHIN_MS) return;
        const active = await present.ifActive();
        // Whoever switched it off ends what is pending; of a deleted one, nothing is left.
        if (!active) return;
        const { error, durationMs, statusCode } = await this.deliver(active, one);
        if (statusCode === 410 && one.replayOf === null) present.isGone();
        durations.push(durationMs);
        isTaken ||= error === null;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    return !isTaken || Math.max(0, ...durations) > SLOW_MS;
  }

  private async deliver(webhook: Webhook, delivery: Delivery): Promise<EndpointAnswer> {
    const { eventId, event, body, replayOf } = delivery;
    const answer = await this.endpointCalls.call(webhook, { id: eventId, event, body, isReplay: replayOf !== null });
    this.metrics.count('tuco_webhook_attempts_total', { result: resultOf(answer) });
    const now = this.clock.now();
    const attempts = delivery.attempts + 1;
    const { pauseMs, ...last } = answer;
    const isOver = answer.error === null || answer.statusCode === 410;
    const dueAt = isOver ? null : triedAgainAt(attempts, now, { random: Math.random(), pauseMs });
    const become = dueAt
      ? { attempts, last, dueAt }
      : { attempts, last, state: answer.error === null ? ('delivered' as const) : ('failed' as const), endedAt: now };
    await this.deliveries.settle(delivery, become);
    if (replayOf === null) await this.judge(webhook, answer, now);
    return answer;
  }

  /** What the answer says about the endpoint. Replays are somebody's trials, and say nothing. */
  private async judge(webhook: Webhook, answer: EndpointAnswer, now: Date): Promise<void> {
    const { id } = webhook;
    if (answer.error === null && isKnownToWork(webhook, now)) return;
    const health = await this.webhooks.answered(id, answer.error === null, now);
    if (!health) return;
    if (answer.statusCode === 410) await this.disable(id, 'gone', now);
    else if (isGivenUp(health, now)) await this.disable(id, 'failing', now);
  }

  private async disable(id: string, reason: DisabledReason, now: Date): Promise<void> {
    const webhook = await this.webhooks.findById(id);
    if (!webhook) return;
    const isDone = await this.transactions.run(async (transaction) => {
      if (!(await this.webhooks.disable(id, reason, now, transaction))) return false;
      await this.outbox.tell(webhook.workspaceId, [disabledFact(webhook, reason, now)], transaction);
      return true;
    });
    if (!isDone) return;
    this.logger.warn({ webhookId: id, reason }, 'A webhook was switched off, since its endpoint does not take what it is told');
    await this.deliveries.giveUp(id, reason === 'gone' ? GONE : FAILING, now);
  }
}

/** `2xx` and the like, or `no_answer`. */
const resultOf = ({ statusCode }: EndpointAnswer): string =>
  statusCode === null ? 'no_answer' : `${Math.floor(statusCode / 100)}xx`;

/** One success a second is written down, of an endpoint that has no failure to be forgiven. */
const isKnownToWork = ({ failureCount, lastSuccessAt }: Webhook, now: Date): boolean =>
  failureCount === 0 && lastSuccessAt !== null && now.getTime() - lastSuccessAt.getTime() < 1_000;
