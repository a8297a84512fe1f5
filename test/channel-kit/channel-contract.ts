import type {
  Channel,
  ChannelLine,
  InboundCallRequest,
  InboundEvent,
  Outgoing,
  SendOutcome,
  SoughtMessage,
} from '../../src/channels';

/**
 * What a provider can be made to do to us. `refuses` and `not-on-channel` are answers by which it is proven
 * that nothing was sent; the others leave it open, and with some of them the message has gone out all the
 * same.
 */
export type Provocation =
  'refuses' | 'times-out' | 'cuts-the-connection' | 'answers-garbage' | 'lies-200-with-error' | 'answers-5xx';

/** A message that the provider really sent on, by its own book. */
export interface Passed {
  to: string;
  text: string;
  /** The names of its files. */
  attachments: string[];
}

/** An adapter with a provider behind it that the kit can order about. */
export interface ChannelRig {
  channel: Channel;
  /** A line that works. */
  line: ChannelLine;
  /** The same line with a wrong secret; `null` when the channel has none. */
  lineWithWrongSecret: ChannelLine | null;
  /** A line whose provider is not there: nothing listens. */
  lineToNobody: ChannelLine;
  /** The longest text that it takes, in characters; without it 5,000 are tried, and nothing is too long. */
  longest?: number;
  /** What must not stand in anything that is said. */
  secrets: string[];
  /** `serial` makes different ones. */
  reachable(serial: number): string;
  /** Without it, the provider has no answer by which somebody is not on the channel. */
  notOnChannel?(serial: number): string;
  /**
   * Makes the provider do that to all calls from now on; `null`: behave. It answers nothing for longer than
   * the adapter waits.
   */
  provoke(what: Provocation | null): void;
  /** What the provider sent on, oldest first. */
  passed(): Passed[];
  /** How many questions for availability it got. */
  asked?(): number;
  /** The address answers, as the provider tells of it. @returns the callback's body */
  reply?(from: string, text: string): Promise<unknown>;
  /** Callbacks about a message that was accepted under that id. */
  receipt?(externalId: string): unknown;
  /** One that names the attempt proves that the provider had the message. */
  sendError?(externalId: string, providerId: string): unknown;
  /** The callback by which the provider tells of a message that we sent ourselves. */
  echo?(externalId: string, to: string): unknown;
  /** The provider's call with that body, signed as the provider signs; JSON without a signature otherwise. */
  callOf?(body: unknown): InboundCallRequest;
  /** Does the provider sign the body alone? Then the same body at another URL is its own as well. */
  signsBodyAlone?: boolean;
  close(): Promise<void>;
}

/** Which outcomes are honest for each provocation. */
const HONEST: Record<Provocation, readonly SendOutcome['kind'][]> = {
  refuses: ['refused'],
  'times-out': ['unknown'],
  'cuts-the-connection': ['unknown'],
  'answers-garbage': ['unknown'],
  'lies-200-with-error': ['refused', 'unknown'],
  'answers-5xx': ['unknown', 'not-to-blame'],
};
const PROVOCATIONS = Object.keys(HONEST) as Provocation[];

/** Bodies that no provider sends, and strangers do. */
const NONSENSE: unknown[] = [
  undefined,
  null,
  0,
  '',
  'text',
  true,
  [],
  [null],
  {},
  { type: null },
  { type: 'new-message' },
  { type: 'new-message', data: null },
  { type: 'new-message', data: [] },
  { type: 'new-message', data: { guid: 5, text: {}, handle: 'x', chats: 'x', dateCreated: 'never' } },
  { type: 'updated-message', data: { guid: 'g', isFromMe: true, dateDelivered: Number.NaN, dateRead: 1e300 } },
  { type: { $ne: null }, data: { __proto__: { guid: 'g' } } },
  JSON.parse('{"__proto__":{"guid":"g"},"constructor":{"prototype":{}}}'),
  Object.create(null),
];

const NO_CALL = { json: undefined, form: [], query: [] };
/** Forms that no provider sends. */
const FORMS: [string, string][][] = [
  [],
  [['', '']],
  [['__proto__', 'x']],
  [
    ['came', '\0'],
    ['came', 'true'],
    ['from', '\ud800'],
  ],
];

const callOf = ({ callOf: signed }: ChannelRig, body: unknown): InboundCallRequest => {
  if (signed) return signed(body);
  const rawBody = Buffer.from(JSON.stringify(body));
  const url = 'https://tuco.example.com/api/inbound/provider/secret';
  return { ...NO_CALL, method: 'POST', url, headers: {}, rawBody, json: JSON.parse(rawBody.toString()) as unknown };
};

const ODD: unknown[] = [undefined, null, '', 'x', 5, [], {}, [null], '\ud800'];

/** The body with one of its fields, however deep, made odd or taken away. */
function damagedOf(body: unknown): unknown[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([field, value]) =>
    [...ODD, ...damagedOf(value)].map((odd) => {
      const damaged: Record<string, unknown> = { ...(body as object), [field]: odd };
      if (odd === undefined) delete damaged[field];
      return damaged;
    }),
  );
}

function parseAnyway(channel: Channel, call: InboundCallRequest): void {
  // A form has nothing but texts, whatever the rig makes of a body.
  const form = call.form.map(([name, value]): [string, string] => [name, String(value)]);
  for (const event of channel.parseInbound!({ ...call, form }, new Date())) expect(event.kind).toMatch(/./);
}

/**
 * The contract of `Channel` (src/channels/domain/channel.ts) as tests. Every adapter passes it; see
 * docs/adding-a-channel.md. The provider's own book is the judge: what is said to be sent was sent, what is
 * said not to be sent was not.
 */
export function itKeepsTheChannelContract(name: string, start: () => Promise<ChannelRig>): void {
  describe(`the channel contract: ${name}`, () => {
    let rig: ChannelRig;
    let serial = 0;
    const said: unknown[] = [];

    beforeAll(async () => {
      rig = await start();
    });
    afterAll(() => rig.close());
    beforeEach(() => {
      serial += 1;
      rig.provoke(null);
    });

    const heard = <T>(what: T): T => {
      said.push(what);
      return what;
    };
    const outgoing = (to: string, more: Partial<Outgoing> = {}): Outgoing => ({
      to,
      text: `Hello ${serial}`,
      providerId: `kit-${serial}-${Math.random().toString(36).slice(2)}`,
      conversation: null,
      opensChat: false,
      callbackUrl: null,
      ...more,
    });
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
    const picture = { name: 'picture.png', url: 'https://files.example.com/picture.png', type: 'image/png', bytes };
    /** As the engine sends: what the provider calls the conversation is asked before. */
    const send = async (message: Outgoing, line = rig.line): Promise<SendOutcome> => {
      const { channel } = rig;
      const known = message.opensChat ? undefined : await channel.findConversation?.(line, message.to);
      if (known?.kind === 'not-on-channel') return heard(known);
      const opening =
        known?.kind === 'none' ? { opensChat: true } : known?.kind === 'found' ? { conversation: known.conversation } : {};
      return heard(await channel.send(line, { ...message, ...opening }));
    };
    const passedTo = (to: string) => rig.passed().filter((one) => one.to === to);

    it('has a name, a provider and addresses that it reaches', () => {
      const { channel } = rig;
      expect(channel.name).toMatch(/^[a-z][a-z-]{1,49}$/);
      expect(channel.provider).toMatch(/^[a-z][a-z-]{1,49}$/);
      expect(channel.reaches.length).toBeGreaterThan(0);
      expect(channel.reaches.every((kind) => kind === 'phone' || kind === 'email')).toBe(true);
    });

    it('finds nothing wrong with its line, and names what an empty one lacks', () => {
      expect(rig.channel.lineProblems(rig.line)).toEqual([]);
      const problems = rig.channel.lineProblems({ phone: null, email: null, bridgeUrl: null, bridgePassword: null });
      expect(problems.length).toBeGreaterThan(0);
      for (const { field, message } of problems) {
        expect(['phone', 'email', 'bridgeUrl', 'bridgePassword']).toContain(field);
        expect(message).not.toBe('');
      }
    });

    it('declares fields of accounts and lines that can be shown as a form', () => {
      const { accountSchema = [], lineSchema = [] } = rig.channel;
      for (const fields of [accountSchema, lineSchema]) {
        expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
        for (const { name, type, secret, label, help, choices, pattern } of fields) {
          expect(name).toMatch(/^[a-z][A-Za-z0-9]{1,49}$/);
          expect([label, help].map((words) => words.trim())).not.toContain('');
          expect(type === 'choice').toBe((choices ?? []).length > 0);
          if (pattern) expect([new RegExp(pattern.source, 'u'), pattern.words]).not.toContain('');
          if (secret) expect(type).toBe('string');
        }
      }
      expect(lineSchema.filter(({ secret }) => secret)).toEqual([]);
      expect(['phone', 'email', 'firstName', 'lastName']).toEqual(expect.arrayContaining(lineSchema.map(({ name }) => name)));
    });

    it('has a pace that can be kept, if it has one, and takes as many calls at the same time', async () => {
      const { pace } = rig.channel;
      if (!pace) return;
      expect(pace.perSecond).toBeGreaterThan(0);
      for (const whole of [pace.burst, pace.inFlight]) expect(Number.isInteger(whole) && whole >= 1).toBe(true);
      const everybody = Array.from({ length: pace.inFlight }, (_, index) => rig.reachable(1_000 * serial + index));
      const outcomes = await Promise.all(everybody.map((to) => send(outgoing(to))));
      expect(outcomes.map(({ kind }) => kind)).toEqual(everybody.map(() => 'accepted'));
      for (const to of everybody) expect(passedTo(to)).toHaveLength(1);
    });

    it('counts a text in units, if it counts at all: 1 or more, and never fewer for a longer one', () => {
      const units = ['Hi', 'Hi there, '.repeat(20), 'Hi there, '.repeat(100)].map((text) => rig.channel.unitsOf?.(text) ?? 1);
      expect(units[0]).toBeGreaterThanOrEqual(1);
      expect([...units].sort((a, b) => a - b)).toEqual(units);
    });

    it('accepted: the provider has it, once, with an id and a time', async () => {
      const to = rig.reachable(serial);
      const before = Date.now();
      const outcome = await send(outgoing(to));
      expect(outcome).toMatchObject({ kind: 'accepted' });
      const { externalId, at } = outcome as Extract<SendOutcome, { kind: 'accepted' }>;
      expect(externalId === null || externalId.length > 0).toBe(true);
      if (at) expect(Math.abs(at.getTime() - before)).toBeLessThan(60_000);
      expect(passedTo(to)).toEqual([{ to, text: `Hello ${serial}`, attachments: [] }]);
    });

    it('takes any text as it is', async () => {
      const to = rig.reachable(serial);
      for (const text of [
        'Ünïcödé 🐦 \u202Ertl',
        'line one\nline two',
        '{"a":"b"} <b>&amp;</b> %00 \\u0000 ${x}',
        'x'.repeat(rig.longest ?? 5_000),
      ]) {
        expect(await send(outgoing(to, { text }))).toMatchObject({ kind: 'accepted' });
        expect(passedTo(to).at(-1)!.text).toBe(text);
      }
    });

    it('refuses for good what is longer than it takes, if there is a limit', async () => {
      if (rig.longest === undefined) return;
      const to = rig.reachable(serial);
      expect(await send(outgoing(to, { text: 'x'.repeat(rig.longest + 1) }))).toMatchObject({ kind: 'refused', final: true });
      expect(passedTo(to)).toEqual([]);
    });

    it('opens a conversation when it is told to, and sends in it once', async () => {
      const to = rig.reachable(serial);
      expect(await send(outgoing(to, { opensChat: true }))).toMatchObject({ kind: 'accepted' });
      expect(passedTo(to)).toHaveLength(1);
    });

    it('not on this channel: said with a code, and nothing was sent', async () => {
      if (!rig.notOnChannel) return;
      const to = rig.notOnChannel(serial);
      const outcome = await send(outgoing(to));
      expect(outcome).toMatchObject({ kind: 'not-on-channel', code: expect.stringMatching(/^[A-Z][A-Z0-9_]+$/) });
      expect(passedTo(to)).toEqual([]);
    });

    it.each(PROVOCATIONS)('the provider %s: an honest outcome, never an error', async (provocation) => {
      const to = rig.reachable(serial);
      rig.provoke(provocation);
      const outcome = await send(outgoing(to));
      rig.provoke(null);
      expect(HONEST[provocation]).toContain(outcome.kind);
      if (outcome.kind === 'refused') expect(outcome.code).toMatch(/^[A-Z][A-Z0-9_]+$/);
      if (outcome.kind !== 'unknown') expect(passedTo(to)).toEqual([]);
    });

    it('a provider that is not there: proven not sent, and its device is to blame', async () => {
      const outcome = await send(outgoing(rig.reachable(serial)), rig.lineToNobody);
      expect(outcome).toMatchObject({ kind: 'not-to-blame', scope: 'device' });
      expect(await rig.channel.health(rig.lineToNobody)).toMatchObject({ scope: 'device' });
    });

    it('a wrong secret: proven not sent, and the line alone is to blame', async () => {
      if (!rig.lineWithWrongSecret) return;
      const to = rig.reachable(serial);
      expect(await send(outgoing(to), rig.lineWithWrongSecret)).toMatchObject({ kind: 'not-to-blame', scope: 'line' });
      expect(passedTo(to)).toEqual([]);
      heard(await rig.channel.health(rig.lineWithWrongSecret));
    });

    it('a line that is not complete is a refusal or trouble, not an error', async () => {
      for (const missing of [
        { bridgeUrl: null },
        { bridgePassword: null },
        { bridgeUrl: 'not a url' },
        { phone: null, email: null },
      ]) {
        const line = { ...rig.line, ...missing };
        const outcome = await send(outgoing(rig.reachable(serial)), line);
        expect(['accepted', 'refused', 'not-to-blame']).toContain(outcome.kind);
        heard(await rig.channel.health(line));
        await rig.channel.checkAvailability?.(line, rig.reachable(serial)).then(heard);
        const sought = { to: rig.reachable(serial), text: 'x', attachment: null, startedAt: new Date() };
        await rig.channel.findSent?.(line, sought).then(heard);
      }
    });

    it('health: nothing to say of a line that works, a reason for one that does not', async () => {
      expect(await rig.channel.health(rig.line)).toBeNull();
      for (const provocation of ['times-out', 'cuts-the-connection', 'answers-garbage', 'answers-5xx'] as const) {
        rig.provoke(provocation);
        const trouble = heard(await rig.channel.health(rig.line));
        rig.provoke(null);
        if (trouble) expect(trouble.message.length).toBeGreaterThan(0);
      }
    });

    it('files with the text: all in one call, and the text may be missing', async () => {
      if (!rig.channel.content?.filesWithText) return;
      const to = rig.reachable(serial);
      const other = { ...picture, name: 'other.png', url: 'https://files.example.com/other.png' };
      const both = await send(outgoing(to, { attachments: [picture, other] }));
      expect(both).toMatchObject({ kind: 'accepted' });
      expect(passedTo(to)).toEqual([{ to, text: `Hello ${serial}`, attachments: ['picture.png', 'other.png'] }]);
      const alone = rig.reachable(serial + 900);
      expect(await send(outgoing(alone, { text: '', attachments: [picture] }))).toMatchObject({ kind: 'accepted' });
      expect(passedTo(alone).map(({ attachments }) => attachments)).toEqual([['picture.png']]);
      for (const provocation of PROVOCATIONS) {
        const troubled = rig.reachable(serial + 1_000 + PROVOCATIONS.indexOf(provocation));
        rig.provoke(provocation);
        const outcome = await send(outgoing(troubled, { attachments: [picture] }));
        rig.provoke(null);
        expect([provocation, HONEST[provocation].includes(outcome.kind)]).toEqual([provocation, true]);
        if (outcome.kind !== 'unknown') expect(passedTo(troubled)).toEqual([]);
      }
    });

    it('files: one in each call, with its name; honest outcomes too', async () => {
      if (!rig.channel.takesAttachments || rig.channel.content?.filesWithText) return;
      const to = rig.reachable(serial);
      // A file to a stranger: it arrives, or is refused; never does anybody wonder.
      const alone = await send(outgoing(rig.reachable(serial + 900), { text: '', attachment: picture }));
      expect(['accepted', 'refused']).toContain(alone.kind);
      await send(outgoing(to));
      expect(await send(outgoing(to, { text: '', attachment: picture }))).toMatchObject({ kind: 'accepted' });
      expect(passedTo(to).at(-1)).toEqual({ to, text: '', attachments: ['picture.png'] });
      if (rig.notOnChannel) {
        const absent = await send(outgoing(rig.notOnChannel(serial), { text: '', attachment: picture }));
        expect(['not-on-channel', 'refused']).toContain(absent.kind);
        expect(passedTo(rig.notOnChannel(serial))).toEqual([]);
      }
      for (const provocation of PROVOCATIONS) {
        const other = rig.reachable(serial + 1_000 + PROVOCATIONS.indexOf(provocation));
        await send(outgoing(other));
        rig.provoke(provocation);
        const outcome = await send(outgoing(other, { text: '', attachment: picture }));
        rig.provoke(null);
        expect([provocation, HONEST[provocation].includes(outcome.kind)]).toEqual([provocation, true]);
        if (outcome.kind !== 'unknown') expect(passedTo(other)).toHaveLength(1);
      }
      expect(await send(outgoing(to, { attachment: picture }), rig.lineToNobody)).toMatchObject({ kind: 'not-to-blame' });
    });

    it('findSent: what the book has of that content, also what it never said; null when it cannot be asked', async () => {
      if (!rig.channel.findSent) return;
      const to = rig.reachable(serial);
      const sought = (text: string, more: Partial<SoughtMessage> = {}): SoughtMessage => {
        return { to, text, attachment: null, startedAt: new Date(Date.now() - 1_000), ...more };
      };
      const find = async (what: SoughtMessage, line = rig.line) => heard(await rig.channel.findSent!(line, what));
      expect(await find(sought(`Hello ${serial}`))).toEqual([]);
      const outcome = await send(outgoing(to));
      rig.provoke('cuts-the-connection');
      await send(outgoing(to, { text: 'Did it go? ' }));
      rig.provoke(null);
      const [found, ...others] = (await find(sought(`Hello ${serial}`)))!;
      expect(others).toEqual([]);
      expect(found!.error).toBeNull();
      if (outcome.kind === 'accepted' && outcome.externalId !== null) expect(found!.externalId).toBe(outcome.externalId);
      const unsaid = passedTo(to).filter(({ text }) => text.trim() === 'Did it go?');
      expect(await find(sought('Did it go? '))).toHaveLength(unsaid.length);
      expect(await find(sought('Something else'))).toEqual([]);
      expect(await find(sought(`Hello ${serial}`, { startedAt: new Date(Date.now() + 60_000) }))).toEqual([]);
      expect(await find(sought(`Hello ${serial}`, { to: rig.reachable(serial + 500) }))).toEqual([]);
      expect(await find(sought('x'), rig.lineToNobody)).toBeNull();
      rig.provoke('times-out');
      const late = await find(sought(`Hello ${serial}`));
      rig.provoke(null);
      expect(late === null || late.length === 1).toBe(true);
      if (!rig.channel.takesAttachments || rig.channel.content?.filesWithText) return;
      await send(outgoing(to, { text: '', attachment: picture }));
      expect(await find(sought('', { attachment: 'picture.png' }))).toHaveLength(1);
      expect(await find(sought('', { attachment: 'another.png' }))).toEqual([]);
    });

    it('checkAvailability: yes, no, and trouble with its reason for everything else', async () => {
      if (!rig.channel.checkAvailability) return;
      const check = async (to: string, line = rig.line) => heard(await rig.channel.checkAvailability!(line, to));
      expect(await check(rig.reachable(serial))).toEqual({ kind: 'available' });
      expect(await check(rig.notOnChannel!(serial))).toEqual({ kind: 'unavailable' });
      for (const provocation of ['times-out', 'cuts-the-connection', 'answers-garbage', 'answers-5xx'] as const) {
        rig.provoke(provocation);
        const outcome = await check(rig.reachable(serial));
        rig.provoke(null);
        expect([provocation, outcome]).toEqual([
          provocation,
          { kind: 'failed', message: expect.stringMatching(/./), scope: 'device' },
        ]);
      }
      expect(await check(rig.reachable(serial), rig.lineToNobody)).toMatchObject({ kind: 'failed', scope: 'device' });
      if (rig.lineWithWrongSecret) {
        expect(await check(rig.reachable(serial), rig.lineWithWrongSecret)).toMatchObject({ kind: 'failed', scope: 'line' });
      }
    });

    it('parseInbound: replies, receipts, late errors; our own messages are no replies', async () => {
      const { channel } = rig;
      if (!channel.parseInbound) return;
      const to = rig.reachable(serial);
      const outcome = await send(outgoing(to));
      const externalId = (outcome as { externalId: string | null }).externalId!;
      const parse = (body: unknown): InboundEvent[] => heard(channel.parseInbound!(callOf(rig, body), new Date()));
      if (rig.reply) {
        const reply = { kind: 'reply', from: to, text: 'Yes!', externalId: expect.any(String), at: expect.any(Date) };
        const body = await rig.reply(to, 'Yes!');
        expect(parse(body)).toEqual([expect.objectContaining(reply)]);
        // The same callback again is the same event: whoever takes it in can tell. The clock stands
        // still, since a callback without a time of its own has that at which it came in.
        jest.useFakeTimers({ now: Date.now() });
        const [once, again] = [parse(body), parse(body)];
        jest.useRealTimers();
        expect(again).toEqual(once);
      }
      if (rig.echo) expect(parse(rig.echo(externalId, to))).toEqual([{ kind: 'own-message', externalId, to }]);
      if (rig.receipt)
        expect(parse(rig.receipt(externalId))).toContainEqual({ kind: 'delivered', externalId, at: expect.any(Date) });
      if (rig.sendError) {
        const events = parse(rig.sendError(externalId, 'the-attempt'));
        const error = events.at(-1);
        expect(error).toMatchObject({ kind: 'send-error', externalId, code: expect.stringMatching(/^[A-Z][A-Z0-9_]+$/) });
        // Where the attempt is named, that the provider had the message comes first: its answer may be lost.
        const proof = { kind: 'accepted', externalId, providerId: 'the-attempt' };
        const namesAttempt = JSON.stringify(callOf(rig, rig.sendError(externalId, 'the-attempt'))).includes('the-attempt');
        expect(events.slice(0, -1)).toEqual(namesAttempt ? [proof] : []);
      }
    });

    it('parseInbound: anything at all is nothing, and never an error', () => {
      const { channel } = rig;
      if (!channel.parseInbound) return;
      for (const json of NONSENSE) expect(channel.parseInbound({ ...NO_CALL, json }, new Date())).toEqual([]);
      for (const form of FORMS) expect(channel.parseInbound({ ...NO_CALL, form, query: form }, new Date())).toEqual([]);
      expect(({} as { guid?: string }).guid).toBeUndefined();
    });

    it('parseInbound: a call of the provider’s of which a part is missing or odd is no error', async () => {
      const { channel } = rig;
      if (!channel.parseInbound) return;
      const bodies = [
        await rig.reply?.(rig.reachable(serial), 'Yes!'),
        rig.receipt?.('an-id'),
        rig.sendError?.('an-id', 'the-attempt'),
        rig.echo?.('an-id', rig.reachable(serial)),
      ];
      for (const body of bodies) for (const damaged of damagedOf(body)) parseAnyway(channel, callOf(rig, damaged));
    });

    it('isForged: what the provider signed is its own; anything else is not', async () => {
      const { channel, line } = rig;
      if (!channel.isForged) return;
      const call = callOf(rig, await rig.reply!(rig.reachable(serial), 'Yes!'));
      expect(channel.isForged(call, line)).toBe(false);
      const [name, value] = call.form[0] ?? ['x', 'y'];
      const forgeries: InboundCallRequest[] = [
        { ...call, headers: {} },
        { ...call, headers: Object.fromEntries(Object.keys(call.headers).map((header) => [header, 'x'])) },
        { ...call, headers: Object.fromEntries(Object.keys(call.headers).map((header) => [header, ['x', 'x']])) },
        ...(rig.signsBodyAlone ? [] : [{ ...call, url: `${call.url}?more=1` }]),
        {
          ...call,
          rawBody: Buffer.concat([call.rawBody, Buffer.from('&x=1')]),
          form: [...call.form, ['x', '1']],
          json: { json: call.json },
        },
        { ...call, rawBody: Buffer.from('x'), form: [[name, `${value} `], ...call.form.slice(1)], json: [call.json] },
      ];
      expect(forgeries.map((forgery) => channel.isForged!(forgery, line))).toEqual(forgeries.map(() => true));
      // A line whose secret is not there has nobody who could have signed.
      expect(channel.isForged(call, { ...line, bridgePassword: null, account: { ...line.account, secrets: {} } })).toBe(true);
      expect(channel.isForged(call, rig.lineWithWrongSecret!)).toBe(true);
    });

    it('explains every code that it said', () => {
      const codes = rig.channel.codes ?? [];
      expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
      for (const { code, meaning } of codes) {
        expect(code).toMatch(/^[A-Z][A-Z0-9_]+(<n>)?$/);
        expect(meaning).toMatch(/^[^.]{5,}$/);
      }
      const explained = codes.map(({ code }) => new RegExp(`^${code.replace('<n>', '[0-9_]+')}$`));
      const heardOf = said.flat().flatMap((one) => (one as { code?: string } | null)?.code ?? []);
      expect(heardOf.length).toBeGreaterThan(3);
      expect(heardOf.filter((code) => !explained.some((pattern) => pattern.test(code)))).toEqual([]);
    });

    it('said no secret in any of this', () => {
      const everything = JSON.stringify(said);
      expect(said.length).toBeGreaterThan(10);
      const wrong = Object.values(rig.lineWithWrongSecret?.account.secrets ?? {}).flatMap((one) => one ?? []);
      for (const secret of [...rig.secrets, ...wrong]) {
        expect(everything).not.toContain(secret);
        expect(everything).not.toContain(encodeURIComponent(secret));
      }
      expect(everything).not.toMatch(/https?:\/\//);
    });
  });
}
