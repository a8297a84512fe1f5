import { type Attempt, type Message, type Messages, newMessage } from '../../../messages';
import { workspaceId } from '../../../platform/ids';
import { clock, fake, in_, line, sendOf } from './gates/test/gate-fakes';
import { Threads } from './threads';

const ADDRESS = 'ann@example.com';
const sent = (id: string, seconds: number, fields: Partial<Message> = {}, thread: Attempt['thread'] = null): Message =>
  newMessage(
    {
      id,
      workspaceId: workspaceId('w'),
      channel: 'email',
      leadId: 'lead',
      dueAt: in_(0),
      status: 'sent',
      address: ADDRESS,
      lineId: line.id,
      subject: 'Hello',
      externalMessageId: `<${id}@example.com>`,
      sentAt: in_(seconds),
      attempts: [{ thread } as Attempt],
      ...fields,
    },
    in_(0),
  );

/** To another address, from another line. */
const NAMED: Partial<Message> = { subject: 'Invoice', address: 'ann@example.org', lineId: 'other' };

describe('Threads', () => {
  const before = (earlier: Message[], message: Partial<Message> = { enrollmentId: 'e' }) => {
    const asked: unknown[] = [];
    const messages = fake<Messages>({
      ofEnrollments: async (_, ids) => (asked.push(['enrollments', ids]), earlier),
      sentTo: async (_, addresses) => (asked.push(['address', addresses]), earlier),
      find: async (_, id) => (id === 'named' ? sent('named', 0, NAMED) : null),
    });
    const send = sendOf(message, { channel: 'email', address: ADDRESS, line: { ...line, channel: 'email' } });
    return new Threads(messages, clock).before(send).then((found) => ({ found, asked }));
  };

  it('go on with the latest message of the enrollment, and with its first', async () => {
    const thread = { rootId: '<a@example.com>', lastId: '<a@example.com>' };
    const { found, asked } = await before([sent('b', 9, { subject: 'Re: Hello' }, thread), sent('a', 1)]);
    expect(found).toEqual({ thread: { rootId: '<a@example.com>', lastId: '<b@example.com>' }, subject: 'Re: Hello' });
    expect(asked).toEqual([['enrollments', ['e']]]);
  });

  it('of a direct send, with the latest to the address', async () => {
    const { found, asked } = await before([sent('a', 1)], { campaignId: null });
    expect(found).toEqual({ thread: { rootId: '<a@example.com>', lastId: '<a@example.com>' }, subject: 'Re: Hello' });
    expect(asked).toEqual([['address', [ADDRESS]]]);
  });

  it('of an answer, with what was answered, whatever else was sent since', async () => {
    const answers = (goesOnId: string) => before([sent('a', 1)], { campaignId: null, goesOnId });
    expect((await answers('named')).found).toMatchObject({ thread: { lastId: '<named@example.com>' }, subject: 'Re: Invoice' });
    expect((await answers('gone')).found).toMatchObject({ subject: 'Re: Hello' });
  });

  it('of a direct send never with what another person got at the same address', async () => {
    expect((await before([sent('a', 1, { leadId: 'another' })], { campaignId: null })).found).toBeNull();
  });

  it.each<[string, Partial<Message>]>([
    ['on another channel', { channel: 'imessage' }],
    ['to another address', { address: 'ann@example.org' }],
    ['from another line', { lineId: 'other' }],
    ['that was not sent', { sentAt: null }],
    ['whose name at the provider is not known', { externalMessageId: null }],
    ['of before there were subjects', { subject: null }],
  ])('begin anew behind one %s', async (_, fields) => {
    expect((await before([sent('a', 1, fields)])).found).toBeNull();
  });
});
