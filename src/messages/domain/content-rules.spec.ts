import { type Channel, Channels } from '../../channels/domain';
import { type ValidationFailed } from '../../platform/errors';
import { parseByChannel, uncarried } from './content-rules';

const adapter = (name: string, content?: Channel['content']) => ({ name, reaches: ['phone'], content }) as unknown as Channel;
const channels = new Channels([adapter('sms'), adapter('email', { subject: 200, html: true }), adapter('fax', { html: true })]);
const parse = (given: unknown) => parseByChannel(given, { field: 'steps.2.byChannel', text: 'template', channels });

describe('what is said otherwise on a channel', () => {
  it.each([
    [undefined, {}],
    [null, {}],
    [{}, {}],
    [{ sms: {} }, { sms: {} }],
    [{ sms: { template: 'Short' } }, { sms: { template: 'Short' } }],
    [{ email: { subject: 'S', html: '<p>' } }, { email: { subject: 'S', html: '<p>' } }],
    [{ email: { subject: null, html: '' } }, { email: { subject: null, html: null } }],
    [{ sms: { subject: null } }, { sms: { subject: null } }],
  ])('%j becomes %j', (given, expected) => expect(parse(given)).toEqual(expected));

  it.each([
    ['steps.2.byChannel', []],
    ['steps.2.byChannel', 'sms'],
    ['steps.2.byChannel.pigeon', { pigeon: {} }],
    ['steps.2.byChannel.__proto__', JSON.parse('{"__proto__":{}}')],
    ['steps.2.byChannel.sms', { sms: 'Short' }],
    ['steps.2.byChannel.sms.message', { sms: { message: 'Short' } }],
    ['steps.2.byChannel.sms.template', { sms: { template: ' ' } }],
    ['steps.2.byChannel.sms.template', { sms: { template: null } }],
    ['steps.2.byChannel.sms.template', { sms: { template: 'x'.repeat(10_001) } }],
    ['steps.2.byChannel.sms.subject', { sms: { subject: 'S' } }],
    ['steps.2.byChannel.fax.subject', { fax: { subject: 'S' } }],
    ['steps.2.byChannel.sms.html', { sms: { html: '<p>' } }],
    ['steps.2.byChannel.email.subject', { email: { subject: 5 } }],
    ['steps.2.byChannel.email.subject', { email: { subject: 'x'.repeat(501) } }],
    ['steps.2.byChannel.email.html', { email: { html: 'x'.repeat(100_001) } }],
  ])('names %s', (field, given) => {
    expect.assertions(1);
    try {
      parse(given);
    } catch (error) {
      expect((error as ValidationFailed).details).toEqual([{ field, message: expect.any(String) }]);
    }
  });

  it('tells what none of the channels carries', () => {
    const fields = (by: string[]) => uncarried({ subject: 'S', html: '<p>' }, by, channels).map(({ field }) => field);
    expect(fields(['sms'])).toEqual(['subject', 'html']);
    expect(fields(['sms', 'fax'])).toEqual(['subject']);
    expect(fields(['sms', 'email'])).toEqual([]);
    expect(uncarried({ subject: null, html: null }, ['sms'], channels)).toEqual([]);
  });
});
