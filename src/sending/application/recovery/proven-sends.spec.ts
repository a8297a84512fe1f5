import type { Message, Messages } from '../../../messages';
import { workspaceId } from '../../../platform/ids';
import { clock, fake, now } from '../delivery/gates/test/gate-fakes';
import type { Outcomes } from '../delivery/outcomes';
import type { SendSignals } from '../send-signals';
import { ProvenSends } from './proven-sends';
import type { UnknownOutcomes } from './unknown-outcomes';

describe('a provider proves that it took an attempt', () => {
  const startedAt = new Date(now.getTime() - 60_000);
  const workspace = workspaceId('org_x');

  /** What is done about a message in that state, told of its attempt `providerId`. */
  async function done(message: Partial<Message> | null, providerId = 'last', reopens = true) {
    const attempts = ['first', 'last'].map((id) => ({ providerId: id, startedAt, lineId: 'line', address: 'a', token: 't' }));
    const calls: unknown[] = [];
    const proofs = new ProvenSends(
      fake<Messages>({ findByProviderId: async () => message && ({ attempts, ...message } as Message) }),
      fake<Outcomes>({ record: async (way, outcome) => void calls.push([way.attempt.providerId, outcome]) }),
      fake<UnknownOutcomes>({
        reopenAsSent: async (_message, at, externalId) => {
          calls.push([at, externalId]);
          return reopens;
        },
      }),
      fake<SendSignals>({ settled: (_message, as) => void calls.push(as) }),
      clock,
    );
    await proofs.prove(workspace, { providerId, externalId: 'e' });
    return calls;
  }

  it('while it is handed over: it is sent, as of the attempt', async () => {
    const accepted = { kind: 'accepted', externalId: 'e', at: startedAt };
    expect(await done({ status: 'sending', code: null })).toEqual([['last', accepted], 'sent']);
  });
  it('after it was given up: it is sent all the same, unless somebody was quicker', async () => {
    const givenUp = { status: 'failed', code: 'OUTCOME_UNKNOWN' } as const;
    expect(await done(givenUp)).toEqual([[startedAt, 'e'], 'sent']);
    expect(await done(givenUp, 'last', false)).toEqual([[startedAt, 'e']]);
  });
  it('of one that is known, or of an attempt before the last, or of nobody: nothing', async () => {
    expect(await done({ status: 'delivered', code: null })).toEqual([]);
    expect(await done({ status: 'failed', code: 'TWILIO_30003' })).toEqual([]);
    expect(await done({ status: 'sending', code: null }, 'first')).toEqual([]);
    expect(await done(null)).toEqual([]);
  });
});
