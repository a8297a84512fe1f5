import { MongoNetworkError } from 'mongodb';
import { LinesService } from '../../src/lines';
import { Messages } from '../../src/messages';
import { OutcomeUnknown } from '../../src/platform/errors';
import { Outcomes } from '../../src/sending/application/delivery/outcomes';
import { SuppressionChecks } from '../../src/suppressions';
import { ACCEPTED, BridgeDesk } from '../support/bridge-desk';
import { eventually } from '../support/eventually';
import { startTestApp, type TestApp } from '../support/test-app';

type Loss = 'before it is done' | 'after it is done';

const away = () => new MongoNetworkError('There is no primary');

/**
 * A replica set that elects, at each moment of a hand-over. The bridge has no book, as other providers have
 * none: what a worker knows it must write down by itself.
 */
describe('a store that is away while a message is handed over', () => {
  let test: TestApp;
  let desk: BridgeDesk;
  let next = 0;

  beforeAll(async () => {
    test = await startTestApp({ CLAIM_LEASE_SECONDS: '5', TICK_MS: '200', DEVICE_GAP_SECONDS: '0' });
    const many = { dailyNewConversationsLimit: 1_000, hourlyNewConversationsLimit: 1_000, dailyTotalMessagesLimit: 1_000 };
    desk = await BridgeDesk.at(test, 0, many);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => test.close());

  /** The next calls of a step get no answer. */
  function lose(owner: object, step: string, loss: Loss, times: number, error: () => Error): jest.SpyInstance {
    const steps = owner as Record<string, (...given: unknown[]) => Promise<unknown>>;
    const original = steps[step]!.bind(owner);
    const spy = jest.spyOn(steps, step);
    for (let turn = 0; turn < times; turn += 1) {
      spy.mockImplementationOnce(async (...given: unknown[]) => {
        if (loss === 'after it is done') await original(...given);
        throw error();
      });
    }
    return spy;
  }

  it.each<[string, () => object, string, Loss, number, () => Error]>([
    ['the start is written', () => test.app.get(Messages), 'startSending', 'after it is done', 1, away],
    ['the start is not written', () => test.app.get(Messages), 'startSending', 'before it is done', 1, away],
    ['the last look fails', () => test.app.get(SuppressionChecks), 'isAnyListed', 'before it is done', 1, away],
    ['the line cannot be noted', () => test.app.get(LinesService), 'called', 'before it is done', 2, away],
    ['the outcome cannot be written', () => test.app.get(Outcomes, { strict: false }), 'record', 'before it is done', 3, away],
    [
      'the outcome is written, and nobody says so',
      () => test.app.get(Outcomes, { strict: false }),
      'record',
      'after it is done',
      2,
      () => new OutcomeUnknown(),
    ],
  ])('%s: it goes out once, and its outcome is known', async (_, owner, step, loss, times, error) => {
    next += 1;
    const address = `away.x${next}y@example.com`;
    const spy = lose(owner(), step, loss, times, error);
    const id = await desk.direct({ recipientEmail: address });
    const { attempts, code } = await desk.become(id, ...ACCEPTED, 'failed');
    // Also where the message was done before the last answer was lost.
    await eventually(() => Promise.resolve(spy.mock.calls.length > times));
    expect(code).toBeNull();
    expect(desk.texts(address)).toEqual(['Hi']);
    // Never by asking the provider for it.
    expect(desk.calls('message/query', 0).filter(({ path }) => path.includes(address))).toEqual([]);
    expect((attempts as { outcome: string }[]).at(-1)!.outcome).toBe('accepted');
  });
});
