import type { Workspace } from '../../../../auth';
import type { Lead } from '../../../../leads';
import type { FrequencyVerdict } from '../../../domain/frequency';
import type { RecipientSends } from '../../../domain/recipient-sends';
import type { SendFacts } from '../send';
import { FrequencyGate } from './frequency.gate';
import { clock, in_, lead, pass, policy, sendOf } from './test/gate-fakes';

const person = { ...lead, customFields: {} } as Lead;
const unlimited = { maxMessagesPerPersonPerDay: null, minHoursBetweenCampaigns: 0 } as Workspace;
const limited = { ...unlimited, maxMessagesPerPersonPerDay: 3 };
const free: FrequencyVerdict = { free: true, days: ['2026-03-02'] };

const asked = (verdict: FrequencyVerdict | 'contended' = free) => {
  const recipientSends = {
    reserve: jest.fn(async () => verdict),
    release: jest.fn(async () => undefined),
    releaseAll: jest.fn(async () => undefined),
  };
  const check = (facts: Partial<SendFacts> = {}) => {
    const send = sendOf({}, { lead: person, workspace: limited, ...facts });
    return { send, result: new FrequencyGate(recipientSends as RecipientSends, clock).check(send) };
  };
  return { recipientSends, check };
};

describe('the gate frequency', () => {
  it.each([null, unlimited])('asks nothing where nothing limits (%#)', async (workspace) => {
    const { recipientSends, check } = asked();
    expect(await check({ workspace }).result).toEqual(pass);
    expect(recipientSends.reserve).not.toHaveBeenCalled();
  });

  it('counts the message at its address, and gives it back', async () => {
    const { recipientSends, check } = asked();
    const { send, result } = check();
    expect(await result).toEqual(pass);
    const who = { workspaceId: 'w', address: '+12025550101', messageId: 'm', token: 'token' };
    const wanted = { messageId: 'm', campaignId: 'c', isFirst: true, zones: ['America/New_York'] };
    expect(recipientSends.reserve).toHaveBeenCalledWith(who, wanted, { limits: limited, now: clock.now() });
    await send.releases.unwind();
    expect(recipientSends.release).toHaveBeenCalledWith(who);
  });

  it('knows a follow-up, and takes the clock of the window where nothing tells that of the person', async () => {
    const { recipientSends, check } = asked();
    const email = { lead: { ...person, phone: null } as Lead, address: 'ann@example.com' };
    await check({ ...email, isFollowUp: true, policy: { ...policy, window: { timezone: 'Asia/Tokyo' } } }).result;
    const wanted = expect.objectContaining({ isFirst: false, zones: ['Asia/Tokyo'] });
    expect(recipientSends.reserve).toHaveBeenCalledWith(expect.anything(), wanted, expect.anything());
  });

  it('holds what is too much, and says which rule', async () => {
    const { check } = asked({ free: false, until: in_(3_600), rule: '3 messages a day' });
    const held = { reason: 'frequency', detail: '3 messages a day' };
    expect(await check().result).toEqual({ kind: 'requeue', notBefore: in_(3_600), change: { held } });
  });

  it('lets others count first', async () => {
    const { recipientSends, check } = asked('contended');
    const { send, result } = check();
    expect(await result).toMatchObject({ kind: 'requeue', notBefore: in_(5) });
    await send.releases.unwind();
    expect(recipientSends.release).not.toHaveBeenCalled();
  });
});
