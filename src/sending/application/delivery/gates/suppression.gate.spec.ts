import type { Channels } from '../../../../channels';
import type { Judge, Verdict } from '../../../../suppressions';
import { AddressGate } from './address.gate';
import { SuppressionGate } from './suppression.gate';
import { clock, config, ends, fake, in_, lead, pass, policy, sendOf } from './test/gate-fakes';

const [PHONE, EMAIL] = [lead.phone!, lead.email!];

/** Verdicts by `channel address`; whoever is not named may be written to. */
type Verdicts = Record<string, Verdict['kind']>;

describe('suppression', () => {
  const channels = fake<Channels>({ reachOf: (name) => (name === 'sms' ? ['phone'] : ['phone', 'email']) });
  /** When the review began, in seconds before now. */
  const gateFor = (verdicts: Verdicts, began = 0) => {
    const verdict = ({ address, channel }: { address: string; channel: string }) => {
      const kind = verdicts[`${channel} ${address}`];
      return kind ? ({ kind, suppression: { reason: kind, text: 'words', createdAt: in_(-began) } } as unknown as Verdict) : null;
    };
    const judging = Promise.resolve({ verdict, addresses: [] as string[] } as unknown as Judge);
    const gate = new SuppressionGate(channels, clock, config);
    return {
      check(send: ReturnType<typeof sendOf>) {
        send.learn({ judging });
        return gate.check(send);
      },
    };
  };
  const check = (verdicts: Verdicts, ...send: Parameters<typeof sendOf>) => gateFor(verdicts).check(sendOf(...send));
  const OPTED_OUT = ends({ status: 'cancelled', reason: 'opted_out' });

  it.each<[string, Verdicts, object]>([
    ['nobody is listed', {}, pass],
    ['one address is free', { [`imessage ${PHONE}`]: 'person' }, pass],
    ['another channel is meant', { [`email ${EMAIL}`]: 'person', [`sms ${PHONE}`]: 'person' }, pass],
    ['the person opted out', { [`imessage ${PHONE}`]: 'person', [`imessage ${EMAIL}`]: 'alone' }, OPTED_OUT],
    ['no address may be used', { [`imessage ${PHONE}`]: 'alone', [`imessage ${EMAIL}`]: 'alone' }, pass],
  ])('%s', async (_, verdicts, expected) => expect(await check(verdicts)).toEqual(expected));

  it('waits while somebody has to decide', async () => {
    const verdicts: Verdicts = { [`imessage ${PHONE}`]: 'review', [`imessage ${EMAIL}`]: 'alone' };
    const change = { held: { reason: 'review', detail: 'words' } };
    expect(await check(verdicts)).toEqual({ kind: 'requeue', notBefore: in_(15 * 60), change });
  });

  it.each([
    ['a quarter of an hour at first', 10 * 60, 15 * 60],
    ['half the time that the review has taken', 3 * 3_600, 1.5 * 3_600],
    ['half a day at most', 5 * 86_400, 12 * 3_600],
  ])('waits %s', async (_, began, seconds) => {
    const verdicts: Verdicts = { [`imessage ${PHONE}`]: 'review', [`imessage ${EMAIL}`]: 'alone' };
    expect(await gateFor(verdicts, began).check(sendOf())).toMatchObject({ kind: 'requeue', notBefore: in_(seconds) });
  });

  it('does not count addresses that were tried, or are passed over', async () => {
    const verdicts: Verdicts = { [`imessage ${EMAIL}`]: 'person' };
    expect(await check(verdicts, { tried: [`imessage ${PHONE}`] })).toEqual(OPTED_OUT);
    expect(await check(verdicts, {}, { policy: { ...policy, excluded: [PHONE] } })).toEqual(OPTED_OUT);
    expect(await check(verdicts, {}, { policy: { ...policy, excluded: [PHONE, EMAIL] } })).toEqual(pass);
  });

  it('keeps the rest of a message back from whoever has its beginning', async () => {
    const begun = { part: 1, address: PHONE, template: 'Hi', attachments: [{ url: 'u', name: null }] };
    expect(await check({ [`imessage ${PHONE}`]: 'person' }, begun)).toEqual(OPTED_OUT);
  });

  it.each<[string, Verdicts, object, string | null]>([
    ['passes over a listed address', { [`imessage ${PHONE}`]: 'alone' }, pass, EMAIL],
    [
      'ends the message where no other is left',
      { [`imessage ${PHONE}`]: 'alone', [`imessage ${EMAIL}`]: 'alone' },
      ends({ status: 'failed', code: 'BAD_ADDRESS' }),
      null,
    ],
  ])('the gate address %s', async (_, verdicts, expected, address) => {
    const send = sendOf();
    await gateFor(verdicts).check(send);
    expect(await new AddressGate(channels, clock, config).check(send)).toEqual(expected);
    if (address) expect(send.know('address')).toBe(address);
  });
});
