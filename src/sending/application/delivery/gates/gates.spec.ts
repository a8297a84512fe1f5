import { readFileSync } from 'node:fs';
import type { WindowSettings } from '#libs/send-window';
import type { Workspace, Workspaces } from '../../../../auth';
import { Channels } from '../../../../channels';
import type { Lead, Leads } from '../../../../leads';
import type { LineCapacity, Lines } from '../../../../lines';
import type { Message, Messages } from '../../../../messages';
import { nextUtcDay } from '../../../../platform/clock';
import { OutcomeUnknown } from '../../../../platform/errors';
import type { StoreClock } from '../../../../platform/mongo';
import type { Judge, SuppressionChecks, Verdict } from '../../../../suppressions';
import type { RecipientClaims } from '../../../domain/recipient-claims';
import type { SendContext } from '../../../domain/send-context';
import type { AttachmentFiles, Fetched } from '../attachment-files';
import type { MessageTexts } from '../message-texts';
import type { SendFacts } from '../send';
import { GATES } from '.';
import { AddressGate } from './address.gate';
import { CampaignGate } from './campaign.gate';
import { CapacityGate } from './capacity.gate';
import { ClockGate } from './clock.gate';
import { FileGate } from './file.gate';
import { LeadGate } from './lead.gate';
import { RecipientGate } from './recipient.gate';
import { StartGate } from './start.gate';
import { clock, config, ends, fake, in_, lead, line, now, pass, policy, sendOf } from './test/gate-fakes';
import { WindowGate } from './window.gate';

const channels = fake<Channels>({ reachOf: (name) => (name === 'sms' ? ['phone'] : ['phone', 'email']) });
const windowGate = new WindowGate(channels, clock, config);
const HELD_BY_FILE = { reason: 'file', detail: null };

it('stand in the order that docs/sending.md explains, under the same names', () => {
  const listed = [...readFileSync('docs/sending.md', 'utf8').matchAll(/^\d+\. \*\*([a-z -]+)\*\*: /gm)].map(([, name]) => name);
  const names = GATES.map((gate) => (Reflect.construct(gate, [{}, {}, {}, {}, {}, {}]) as { name: string }).name);
  expect(names).toEqual(listed);
});

describe('the gate', () => {
  it('clock lets nothing through on a worker whose clock is wrong', async () => {
    expect(await new ClockGate(fake<StoreClock>({ agrees: true }), clock).check()).toEqual(pass);
    expect(await new ClockGate(fake<StoreClock>({ agrees: false }), clock).check()).toEqual({
      kind: 'requeue',
      notBefore: in_(15),
      change: { held: { reason: 'clock', detail: null } },
    });
  });

  it('lead ends a message whose lead is gone, and reads what the others need', async () => {
    const gate = (found: Lead | null) =>
      new LeadGate(
        fake<Leads>({ find: async () => found }),
        fake<Lines>({ find: async () => line }),
        fake<Workspaces>({ find: async () => null }),
        clock,
      );
    expect(await gate(null).check(sendOf())).toEqual(ends({ status: 'cancelled', reason: 'lead_deleted', claim: null }));
    const send = sendOf();
    expect(await gate(lead).check(send)).toEqual(pass);
    expect([send.know('lead'), send.know('plannedLine')]).toEqual([lead, line]);
  });

  it.each([
    ['a stop', { kind: 'stop', reason: 'replied' } as const, null, ends({ status: 'cancelled', reason: 'replied' })],
    ['a pause', { kind: 'paused' } as const, null, { kind: 'requeue', notBefore: null }],
    ['a read-only workspace', { kind: 'send', policy } as const, 'unpaid', { kind: 'requeue', notBefore: null }],
    ['nothing in the way', { kind: 'send', policy } as const, null, pass],
  ])('campaign: %s', async (_, decision, readOnlyReason, expected) => {
    const send = sendOf({}, { workspace: { readOnlyReason } as SendFacts['workspace'] });
    const judge = {} as Judge;
    const checks = fake<SuppressionChecks>({ judge: async () => judge });
    const gate = new CampaignGate(fake<SendContext>({ decide: async () => decision }), checks, clock);
    expect(await gate.check(send)).toEqual(expected);
    expect(await send.know('judging')).toBe(judge);
  });

  it.each<[string, WindowSettings, object]>([
    ['open', { timezone: 'UTC', sendWindowStart: '09:00', sendWindowEnd: '17:00' }, pass],
    [
      'closed',
      { timezone: 'UTC', sendWindowStart: '11:00', sendWindowEnd: '17:00' },
      { kind: 'requeue', notBefore: in_(30 * 60) },
    ],
  ])('window: %s', async (_, window, expected) => {
    expect(await windowGate.check(sendOf({}, { policy: { ...policy, window } }))).toEqual(expected);
  });

  it('window: in the quiet hours of the place, which are named', async () => {
    // It is half past two in the morning in California.
    const quiet = (quietHours: Workspace['quietHours'], phone = '+14155550101', channel = 'imessage') =>
      windowGate.check(
        sendOf({ channel }, { lead: { ...lead, phone, customFields: {} } as Lead, workspace: { quietHours } as Workspace }),
      );
    const held = { reason: 'quiet_hours', detail: 'federal every day 08:00-21:00 America/Los_Angeles' };
    expect(await quiet('federal')).toEqual({ kind: 'requeue', notBefore: new Date('2026-03-02T16:00:00Z'), change: { held } });
    expect(await quiet('off')).toEqual(pass);
    expect(await quiet('federal', '+4930123456')).toEqual(pass);
    expect(await quiet('federal', '+14155550101', 'email')).toEqual(pass);
  });

  it('window: that leaves no time at all', async () => {
    const window = { timezone: 'America/New_York', sendWindowStart: '22:00', sendWindowEnd: '23:00' };
    const facts = { policy: { ...policy, window }, workspace: { quietHours: 'federal' } as Workspace };
    expect(await windowGate.check(sendOf({}, facts))).toEqual(ends({ status: 'failed', code: 'NO_ALLOWED_TIME' }));
  });

  describe('address', () => {
    const gate = new AddressGate(channels, clock, config);
    const tried = ['imessage +12025550101', 'imessage ann@example.com'];

    it('takes the first that was not tried yet', async () => {
      const send = sendOf({ tried: tried.slice(0, 1) });
      expect(await gate.check(send)).toEqual(pass);
      expect(send.know('address')).toBe('ann@example.com');
    });
    it('goes on to the next channel, on any of its lines', async () => {
      const change = { channel: 'sms', lineId: null };
      expect(await gate.check(sendOf({ tried }, { policy: { ...policy, fallback: ['sms'] } }))).toEqual({
        kind: 'requeue',
        notBefore: null,
        change,
      });
    });
    it('ends a message that has nowhere to go', async () => {
      expect(await gate.check(sendOf({ tried }))).toEqual(ends({ status: 'fallback', code: 'NOT_ON_CHANNEL' }));
      const unreachable = { ...lead, phone: null, email: null } as Lead;
      expect(await gate.check(sendOf({}, { lead: unreachable }))).toEqual(ends({ status: 'failed', code: 'NO_ADDRESS' }));
    });
    it('says of an address that was tried and is bad for good that it is bad', async () => {
      const verdictOn = (channel: string, address: string) =>
        channel === 'imessage' && address === '+12025550101' ? ({ kind: 'alone' } as Verdict) : null;
      expect(await gate.check(sendOf({ tried }, { verdictOn }))).toEqual(ends({ status: 'failed', code: 'BAD_ADDRESS' }));
    });
    it('stays with the address of what was begun', async () => {
      const send = sendOf({
        part: 1,
        address: 'begun@example.com',
        template: 'Hi',
        attachments: [{ url: 'u', name: null }],
        tried,
      });
      expect(await gate.check(send)).toEqual(pass);
      expect(send.know('address')).toBe('begun@example.com');
    });
  });

  it.each<[string, Fetched, number, object]>([
    ['there is none', { file: null, files: [] }, 0, pass],
    ['too many are in memory', { busy: true }, 0, { kind: 'requeue', notBefore: in_(1), change: { held: HELD_BY_FILE } }],
    [
      'it cannot be had now',
      { failure: 'no', forGood: false },
      0,
      { kind: 'requeue', notBefore: expect.any(Date), change: { refusals: 1, held: { reason: 'file', detail: 'no' } } },
    ],
    [
      'it could not be had three times',
      { failure: 'no', forGood: false },
      3,
      ends({ status: 'failed', code: 'ATTACHMENT_UNAVAILABLE' }),
    ],
    ['it can never be had', { failure: 'no', forGood: true }, 0, ends({ status: 'failed', code: 'ATTACHMENT_UNAVAILABLE' })],
  ])('file: %s', async (_, fetched, refusals, expected) => {
    const gate = new FileGate(fake<AttachmentFiles>({ fetch: async () => fetched }), new Channels([]), clock);
    expect(await gate.check(sendOf({ refusals }))).toEqual(expected);
  });

  it.each([
    ['free', { firstTouch: false }, pass],
    ['contended', 'contended' as const, { kind: 'requeue', notBefore: in_(15) }],
    ['reached already', 'alreadySent' as const, ends({ status: 'cancelled', reason: 'duplicate_recipient' })],
  ])('recipient: %s, and whatever was claimed can be released', async (_, result, expected) => {
    const release = jest.fn(async () => undefined);
    const send = sendOf();
    expect(await new RecipientGate(fake<RecipientClaims>({ acquire: async () => result, release }), clock).check(send)).toEqual(
      expected,
    );
    await send.releases.unwind();
    expect(release).toHaveBeenCalledTimes(1);
  });

  it('capacity reserves, and gives back; where there is no room, the line is planned anew', async () => {
    const release = jest.fn(async () => undefined);
    const reservation = sendOf().know('reservation');
    const limited = { ...line, dailyTotalMessagesLimit: 75, dailyNewConversationsLimit: 50, hourlyNewConversationsLimit: 50 };
    const send = sendOf({}, { line: limited });
    const reserve = jest.fn(async () => null as typeof reservation | null);
    const texts = fake<MessageTexts>({ unitsOf: () => 3 });
    const gate = (room: boolean, totalMessagesCount = 75) => {
      reserve.mockResolvedValue(room ? reservation : null);
      const used = { date: '', newConversationsCount: 0, totalMessagesCount, newConversationsByHour: [] };
      const usage = async () => new Map([[line.id, used]]);
      return new CapacityGate(fake<LineCapacity>({ reserve, release, usage }), texts, clock);
    };
    expect(await gate(false).check(send)).toEqual({ kind: 'requeue', notBefore: in_(1) });
    // There would be room for a shorter text: this one waits for the next day.
    expect(await gate(false, 74).check(send)).toEqual({ kind: 'requeue', notBefore: nextUtcDay(now) });
    // Another send has given its room back meanwhile.
    expect(await gate(false, 72).check(send)).toEqual({ kind: 'requeue', notBefore: in_(1) });
    expect(await gate(true).check(send)).toEqual(pass);
    expect(reserve).toHaveBeenLastCalledWith(limited, { messageId: 'm', token: 'token', firstTouch: true, units: 3 }, now);
    expect(send.know('units')).toBe(3);
    await send.releases.unwind();
    expect(release).toHaveBeenCalledWith(reservation);
    expect(release).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Partial<SendFacts>, boolean, object]>([
    ['writes the attempt', {}, true, pass],
    ['finds that it was stopped', {}, false, { kind: 'end', transition: null }],
    [
      'finds the window closed',
      { policy: { ...policy, window: { timezone: 'UTC', sendWindowStart: '11:00', sendWindowEnd: '12:00' } } },
      true,
      { kind: 'requeue', notBefore: in_(30 * 60) },
    ],
    [
      'finds that the hour of the reservation is over',
      { reservation: { ...sendOf().know('reservation'), hour: 9 } },
      true,
      { kind: 'requeue', notBefore: null },
    ],
  ])('start %s', async (_, facts, starts, expected) => {
    const startSending = jest.fn(async () => starts);
    const send = sendOf({}, facts);
    expect(await new StartGate(fake<Messages>({ startSending }), clock, config).check(send)).toEqual(expected);
    expect(startSending).toHaveBeenCalledTimes(Object.keys(facts).length === 0 ? 1 : 0);
  });

  it.each<[string, string | undefined, string]>([
    ['of the hour', undefined, '2026-03-02T11:00:00Z'],
    ['of the window', '10:32', '2026-03-02T10:32:00Z'],
  ])('start says until when the provider may begin: the end %s', async (_, sendWindowEnd, until) => {
    const send = sendOf({}, { policy: { ...policy, window: { sendWindowEnd } } });
    await new StartGate(fake<Messages>({ startSending: async () => true }), clock, config).check(send);
    expect(send.know('allowedUntil')).toEqual(new Date(until));
  });

  it.each<[string, ({ status: string; token: string } | null)[], object]>([
    ['was written after all', [{ status: 'sending', token: 'token' }], pass],
    ['was written by nobody, and is written now', [], pass],
    ['was stopped meanwhile', [{ status: 'cancelled', token: 'token' }], { kind: 'end', transition: null }],
    ['was claimed by another worker', [{ status: 'sending', token: 'another' }], { kind: 'end', transition: null }],
  ])('start, of which the store said nothing, %s', async (_, present, expected) => {
    const startSending = jest.fn(async () => present.length === 0).mockRejectedValueOnce(new OutcomeUnknown());
    const find = jest.fn(async () => ({ status: present[0]!.status, claim: { token: present[0]!.token } }) as Message);
    const gate = new StartGate(fake<Messages>({ startSending, find }), clock, config);
    expect(await gate.check(sendOf())).toEqual(expected);
    expect(startSending).toHaveBeenCalledTimes(2);
  });
});
