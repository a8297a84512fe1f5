import type { AvailabilityOutcome, ChannelLine } from '../../src/channels';
import { Provider } from './provider';
import type { Random } from './random';
import type { VirtualTime } from './virtual-time';

const SECOND = 1_000;
const LONGEST_CONNECT = 3 * SECOND;
const QUESTION_WITHIN = 20 * SECOND;

/** A question for iMessage that the bridge received. */
export interface Question {
  at: number;
  lineId: string;
  deviceId: string;
  address: string;
  /** Of a job, or of somebody's call. */
  by: 'background' | 'call';
}

/**
 * A bridge that is asked for iMessage in virtual time, and writes down what it was asked when it was asked.
 */
export class Bridge extends Provider {
  readonly questions: Question[] = [];
  readonly trouble = { away: 0, hung: 0, failed: 0 };
  /** How often it says nothing, or an error, to a question that it has received. */
  hangs = 0;
  fails = 0;

  constructor(
    private readonly clock: VirtualTime,
    private readonly chance: Random,
  ) {
    const calm = {
      refuse: 0,
      hangAfterSending: 0,
      hangBeforeSending: 0,
      lateError: 0,
      receipt: 0,
      reply: 0,
      lostReply: 0,
      words: 0,
    };
    super(clock, chance, calm);
  }

  async checkAvailability(line: ChannelLine, address: string): Promise<AvailabilityOutcome> {
    const { clock, chance } = this;
    await clock.point(false);
    if (this.isAway(line.id)) {
      await clock.sleep(LONGEST_CONNECT);
      this.trouble.away += 1;
      return { kind: 'failed', message: 'the connection was not opened in time', scope: 'device' };
    }
    await clock.sleep(chance.between(1, LONGEST_CONNECT - 100));
    const by = clock.current.getStore()?.name === 'background' ? 'background' : 'call';
    this.questions.push({ at: clock.ms, lineId: line.id, deviceId: this.deviceOf.get(line.id)!, address, by });
    await clock.point();
    if (chance.chance(this.hangs)) {
      this.trouble.hung += 1;
      await clock.sleep(QUESTION_WITHIN);
      return { kind: 'failed', message: 'the bridge did not answer in time', scope: 'device' };
    }
    await clock.sleep(chance.between(20, 900));
    if (chance.chance(this.fails)) {
      this.trouble.failed += 1;
      return { kind: 'failed', message: 'the bridge answered 500', scope: 'device' };
    }
    return { kind: this.absent.has(address) ? 'unavailable' : 'available' };
  }
}
