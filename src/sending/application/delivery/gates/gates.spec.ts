import { readFileSync } from 'node:fs';
import type { WindowSettings } from '#libs/send-window';
import type { Workspaces } from '../../../../auth';
import type { Channel, ChannelLine, Channels, ConversationOutcome, Conversations } from '../../../../channels';
import type { Lead, Leads } from '../../../../leads';
import type { Devices, Line, LineCapacity, Lines, LinesService } from '../../../../lines';
import { type Attempt, type Message, type Messages, newMessage } from '../../../../messages';
import type { Clock } from '../../../../platform/clock';
import type { Config } from '../../../../platform/config';
import { workspaceId } from '../../../../platform/ids';
import type { StoreClock } from '../../../../platform/mongo';
import type { AccountReader } from '../../../../replies';
import type { LineSchedules } from '../../../domain/line-schedules';
import type { RecipientClaims } from '../../../domain/recipient-claims';
import type { SendContext, SendDecision, SendPolicy } from '../../../domain/send-context';
import type { AttachmentFiles, Fetched } from '../attachment-files';
import { Send, type SendFacts } from '../send';
import { GATES } from '.';
import { AddressGate } from './address.gate';
import { CampaignGate } from './campaign.gate';
import { CapacityGate } from './capacity.gate';
import { ClockGate } from './clock.gate';
import { CredentialsAndRenderGate } from './credentials-and-render.gate';
import { FileGate } from './file.gate';
import { LeadGate } from './lead.gate';
import { LineGate } from './line.gate';
import { PaceGate } from './pace.gate';
import { RecipientGate } from './recipient.gate';
import { ReplyCatchUpGate } from './reply-catch-up.gate';
import { StartGate } from './start.gate';
import { WindowGate } from './window.gate';

const now = new Date('2026-03-02T10:30:00Z');
const in_ = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const clock = { now: () => now, sleep: async () => undefined } as Clock;
const config = {
  SEND_EDGE_SECONDS: 5,
  AVAILABILITY_TTL_HOURS: 24,
  PROVIDER_TIMEOUT_SECONDS: 120,
  PROVIDER_CONNECT_SECONDS: 3,
} as Config;
/** A fake of a port: only what the gate asks. */
const fake = <T>(port: Partial<T>): T => port as T;

const ALTERNATES = { altPhone1: null, altPhone2: null, altPhone3: null, altEmail1: null, altEmail2: null, altEmail3: null };
const lead = { id: 'lead', firstName: 'Ann', phone: '+12025550101', email: 'ann@example.com', ...ALTERNATES } as Lead;
const line = {
  id: 'line',
  channel: 'imessage',
  isActive: true,
  health: { status: 'healthy', unhealthySince: null },
  firstName: 'Alex',
  lastName: null,
} as Line;
const policy: SendPolicy = {
  template: 'Hi {firstName}, {line_name}',
  window: {},
  gapSeconds: 60,
  addresses: 'all',
  excluded: [],
  fallback: [],
  lineIds: [],
};

/** A claimed message, with what earlier gates found out about it. */
function sendOf(message: Partial<Message> = {}, facts: Partial<SendFacts> = {}): Send {
  const claim = { token: 'token', until: in_(60) };
  const fields = { id: 'm', workspaceId: workspaceId('w'), channel: 'imessage', dueAt: now, leadId: 'lead', campaignId: 'c' };
  const claimed = newMessage({ ...fields, status: 'pending', claim, turnLineId: 'line', stepId: 's', ...message }, now);
  const send = new Send(claimed, 'line', 'token');
  const reservation = { lineId: 'line', messageId: 'm', token: 'token', day: '2026-03-02', hour: 10, firstTouch: true };
  send.learn({
    lead,
    plannedLine: line,
    line,
    workspace: null,
    policy,
    channel: 'imessage',
    address: '+12025550101',
    file: null,
  });
  send.learn({ firstTouch: true, reservation, text: 'Hi', repliesUnread: false, ...facts });
  return send;
}
const noChats = fake<Conversations>({ find: async () => null });
const channelsOf = (channel: Partial<Channel>) => fake<Channels>({ of: () => channel as Channel });
const HELD_BY_FILE = { reason: 'file', detail: null };
const pass = { kind: 'pass' };
const ends = (message: Partial<Message>) => ({
  kind: 'end',
  transition: { message: expect.objectContaining(message), ending: expect.objectContaining({ at: now }) },
});

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

  describe('reply catch-up', () => {
    const first = newMessage({ id: 'first', workspaceId: workspaceId('w'), channel: 'imessage', dueAt: now, stepIndex: 0 }, now);
    const attempt = { lineId: 'line', outcome: 'accepted', startedAt: in_(-3_600) } as Attempt;
    const sent = { ...first, status: 'sent' as const, sentAt: in_(-3_600), attempts: [attempt] };
    const followUp = { enrollmentId: 'e', stepIndex: 1, dueAt: now };
    const gate = (read: boolean, found: Message[], lines: Line[], decision: SendDecision = { kind: 'send', policy }) => {
      const isReadSince = jest.fn(async () => read);
      const examine = jest.fn(async () => undefined);
      const check = (message: Partial<Message>) =>
        new ReplyCatchUpGate(
          fake<Messages>({ ofEnrollments: async () => found }),
          fake<Lines>({ findMany: async () => lines }),
          fake<LinesService>({ examine }),
          fake<AccountReader>({ use: async () => undefined, isReadSince }),
          fake<SendContext>({ decide: async () => decision }),
          clock,
        ).check(sendOf(message));
      return { check, isReadSince, examine };
    };

    it('lets a first step pass, and a follow-up of which nothing was handed over before', async () => {
      expect(await gate(false, [], [line]).check({})).toEqual(pass);
      expect(await gate(false, [{ ...first, attempts: [] }], [line]).check(followUp)).toEqual(pass);
    });
    it('has the account read no longer ago than a minute, or a tenth of the wait', async () => {
      const long = gate(true, [sent], [line]);
      expect(await long.check(followUp)).toEqual(pass);
      expect(long.isReadSince).toHaveBeenCalledWith(line, in_(-60));
      const short = gate(true, [{ ...sent, sentAt: in_(-30) }], [line]);
      await short.check(followUp);
      expect(short.isReadSince).toHaveBeenCalledWith(line, in_(-3));
    });
    it('waits while that cannot be done', async () => {
      const held = { reason: 'reading_account', detail: null };
      const { check, examine } = gate(false, [sent], [line]);
      expect(await check(followUp)).toEqual({ kind: 'requeue', notBefore: in_(15), change: { held } });
      expect(examine).toHaveBeenCalledWith(line);
    });
    it('looks again later and later while the line is away', async () => {
      const away = { ...line, health: { status: 'unhealthy', unhealthySince: in_(-600) } } as Line;
      const { check, examine } = gate(false, [sent], [away]);
      expect(await check(followUp)).toMatchObject({ kind: 'requeue', notBefore: in_(300) });
      expect(examine).not.toHaveBeenCalled();
    });
    it.each([
      ['gone', []],
      ['inactive', [{ ...line, isActive: false }]],
      ['unhealthy for a day', [{ ...line, health: { unhealthySince: in_(-86_400) } } as Line]],
    ])('waits for no line that is %s', async (_, lines) => {
      expect(await gate(false, [sent], lines).check(followUp)).toEqual(pass);
    });
    it('stops what the reading has found an answer to', async () => {
      const { check } = gate(true, [sent], [line], { kind: 'stop', reason: 'replied' });
      expect(await check(followUp)).toEqual(ends({ status: 'cancelled', reason: 'replied' }));
    });
  });

  it.each([
    ['a stop', { kind: 'stop', reason: 'replied' } as const, null, ends({ status: 'cancelled', reason: 'replied' })],
    ['a pause', { kind: 'paused' } as const, null, { kind: 'requeue', notBefore: null }],
    ['a read-only workspace', { kind: 'send', policy } as const, 'unpaid', { kind: 'requeue', notBefore: null }],
    ['nothing in the way', { kind: 'send', policy } as const, null, pass],
  ])('campaign: %s', async (_, decision, readOnlyReason, expected) => {
    const send = sendOf({}, { workspace: { readOnlyReason } as SendFacts['workspace'] });
    expect(await new CampaignGate(fake<SendContext>({ decide: async () => decision }), clock).check(send)).toEqual(expected);
  });

  it.each<[string, WindowSettings, object]>([
    ['open', { timezone: 'UTC', sendWindowStart: '09:00', sendWindowEnd: '17:00' }, pass],
    [
      'closed',
      { timezone: 'UTC', sendWindowStart: '11:00', sendWindowEnd: '17:00' },
      { kind: 'requeue', notBefore: in_(30 * 60) },
    ],
  ])('window: %s', async (_, window, expected) => {
    expect(await new WindowGate(clock, config).check(sendOf({}, { policy: { ...policy, window } }))).toEqual(expected);
  });

  describe('address', () => {
    const channels = fake<Channels>({ reachOf: (name) => (name === 'sms' ? ['phone'] : ['phone', 'email']) });
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

  it.each([
    ['works', line, pass],
    ['is gone', null, { kind: 'requeue', notBefore: in_(1) }],
    ['is of another channel', { ...line, channel: 'sms' }, { kind: 'requeue', notBefore: in_(1) }],
    ['is not active', { ...line, isActive: false }, { kind: 'requeue', notBefore: in_(1) }],
    ['is unhealthy', { ...line, health: { status: 'unhealthy' } } as Line, { kind: 'requeue', notBefore: in_(1) }],
  ])('line: it %s', async (_, plannedLine, expected) => {
    const gate = new LineGate(
      fake<LinesService>({ opened: () => ({ id: 'line' }) as ChannelLine }),
      channelsOf({}),
      noChats,
      clock,
    );
    expect(await gate.check(sendOf({}, { plannedLine }))).toEqual(expected);
  });

  describe('line, and the conversation on it', () => {
    const setAside = jest.fn(async () => line);
    const linesService = fake<LinesService>({ opened: () => ({ id: 'line' }) as ChannelLine, setAside });
    const openingFor = async (found: ConversationOutcome, message: Partial<Message> = {}, chats = noChats) => {
      const send = sendOf(message);
      const result = await new LineGate(linesService, channelsOf({ findConversation: async () => found }), chats, clock).check(
        send,
      );
      return { result, opening: result.kind === 'pass' ? send.know('opening') : null };
    };

    it('goes to the one that is known', async () => {
      const known = fake<Conversations>({ find: async () => 'any;-;x' });
      expect((await openingFor({ kind: 'none' }, {}, known)).opening).toEqual({ conversation: 'any;-;x', opensChat: false });
    });
    it('goes to the one that the provider finds, or opens one', async () => {
      const found = { kind: 'found', conversation: 'iMessage;-;x' } as const;
      expect((await openingFor(found)).opening).toEqual({ conversation: 'iMessage;-;x', opensChat: false });
      expect((await openingFor({ kind: 'none' })).opening).toEqual({ conversation: null, opensChat: true });
      expect((await openingFor(found, { opensChat: true })).opening).toEqual({ conversation: null, opensChat: true });
    });
    it('goes to the one that is found where only a file is left, which cannot open any', async () => {
      const found = { kind: 'found', conversation: 'any;-;x' } as const;
      const file = { opensChat: true, template: '', attachments: [{ url: 'https://example.com/a.png', name: null }] };
      expect((await openingFor(found, file)).opening).toEqual({ conversation: 'any;-;x', opensChat: false });
      expect((await openingFor({ kind: 'none' }, file)).opening).toEqual({ conversation: null, opensChat: true });
    });
    it('sets a line aside whose provider is not there', async () => {
      const failure = { message: 'refused', scope: 'device' } as const;
      expect((await openingFor({ kind: 'failed', ...failure })).result).toEqual({ kind: 'requeue', notBefore: null });
      expect(setAside).toHaveBeenCalledWith(line, failure, now);
    });
    it('sets a line aside whose password cannot be opened', async () => {
      const sealed = fake<LinesService>({ opened: () => null, setAside });
      expect(await new LineGate(sealed, channelsOf({}), noChats, clock).check(sendOf())).toEqual({
        kind: 'requeue',
        notBefore: null,
      });
      expect(setAside).toHaveBeenLastCalledWith(line, expect.objectContaining({ scope: 'line' }), now);
    });
  });

  it.each<[string, Fetched, number, object]>([
    ['there is none', { file: null }, 0, pass],
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
    const gate = new FileGate(fake<AttachmentFiles>({ fetch: async () => fetched }), clock);
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
    const send = sendOf();
    const gate = (room: boolean) =>
      new CapacityGate(fake<LineCapacity>({ reserve: async () => (room ? reservation : null), release }), clock);
    expect(await gate(false).check(send)).toEqual({ kind: 'requeue', notBefore: in_(1) });
    expect(await gate(true).check(send)).toEqual(pass);
    await send.releases.unwind();
    expect(release).toHaveBeenCalledWith(reservation);
    expect(release).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['the device is taken for long', in_(60), true, { kind: 'requeue', notBefore: null }, []],
    ["the line's gap is not over", null, false, { kind: 'requeue', notBefore: null }, ['device']],
    ['both are free', null, true, pass, ['line', 'device']],
  ])('pace: %s', async (_, freeAt, begins, expected, released) => {
    const order: string[] = [];
    const device = { key: 'd', token: 't', startBy: in_(2) };
    const devices = fake<Devices>({
      take: async () => (freeAt ? { freeAt } : device),
      ended: async () => void order.push('device'),
    });
    const schedules = fake<LineSchedules>({ begin: async () => begins, ended: async () => (order.push('line'), null) });
    const send = sendOf();
    expect(await new PaceGate(devices, schedules, clock, config).check(send)).toEqual(expected);
    await send.releases.unwind();
    expect(order).toEqual(released);
  });

  describe('credentials and render', () => {
    const gate = (opened: ChannelLine | null = { id: 'line' } as ChannelLine) =>
      new CredentialsAndRenderGate(fake<LinesService>({ opened: () => opened, setAside: async () => line }), clock);
    const file = { name: 'a.png', type: 'image/png', bytes: new Uint8Array() };
    const blank = { policy: { ...policy, template: ' {nobody} ' } };

    it('makes the text, and none for a file', async () => {
      const send = sendOf();
      expect(await gate().check(send)).toEqual(pass);
      expect(send.know('text')).toBe('Hi Ann, Alex');
      const withFile = sendOf({}, { file });
      await gate().check(withFile);
      expect(withFile.know('text')).toBe('');
    });
    it('ends a message that comes to nothing; files go without a text', async () => {
      expect(await gate().check(sendOf({}, blank))).toEqual(ends({ status: 'failed', code: 'EMPTY_MESSAGE' }));
      const attachments = [{ url: 'u', name: null }];
      expect(await gate().check(sendOf({ template: '{nobody}', attachments }, blank))).toEqual({
        kind: 'requeue',
        notBefore: null,
        change: { withoutText: true },
      });
    });
    it('goes back where the password of the line cannot be opened', async () => {
      expect(await gate(null).check(sendOf())).toEqual({ kind: 'requeue', notBefore: null });
    });
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
});
