import { type Channel, Channels } from '../../channels';
import { measureOf } from '../../channels/twilio/segments';
import { type Content, TEXT_ALONE } from '../../messages';
import type { Campaign, Step } from '../domain/campaign';
import { PreviewContents } from './preview-contents';

const adapter = (fields: Partial<Channel>) => ({ reaches: ['phone'], ...fields }) as unknown as Channel;
const channels = new Channels([
  adapter({ name: 'imessage' }),
  adapter({ name: 'sms', measure: measureOf }),
  adapter({ name: 'email', content: { subject: 200, html: true } }),
]);
const footer = { unsubscribeUrl: 'https://t.example.com/u/preview', postalAddress: '1 Main St' };
const step = (fields: Partial<Content> & Partial<Step> = {}) => ({
  template: 'Hi {firstName}',
  channel: null,
  ...TEXT_ALONE,
  ...fields,
});

describe('a preview', () => {
  const preview = (steps: object[], channel = 'imessage', fallbackChannels: string[] = []) =>
    new PreviewContents(channels).of(
      { channel, steps, settings: { fallbackChannels } } as unknown as Campaign,
      (on) => ({ firstName: `Ann on ${on}` }),
      footer,
    );

  it('shows the own channel first, and those to fall back on in their order', () => {
    const shown = preview([step({ byChannel: { sms: { template: 'Short' } } }), step({ channel: 'sms' })], 'imessage', [
      'email',
      'sms',
    ]);
    expect(shown.map((all) => all.map(({ channel }) => channel))).toEqual([
      ['imessage', 'email', 'sms'],
      ['sms', 'email'],
    ]);
    expect(shown[0]!.map(({ text }) => text)).toEqual([
      'Hi Ann on imessage',
      'Hi Ann on email\n\n1 Main St\nUnsubscribe: https://t.example.com/u/preview',
      'Short',
    ]);
  });

  it('counts segments, and says which characters make a text longer', () => {
    const [plain, curly, long] = preview(
      [step(), step({ template: 'It’s “you”' }), step({ template: 'é'.repeat(200) })],
      'sms',
    ).map(([one]) => one);
    expect([plain!.segments, plain!.warnings]).toEqual([{ count: 1, encoding: 'GSM-7' }, []]);
    expect(curly!.segments).toEqual({ count: 1, encoding: 'UCS-2' });
    expect(curly!.warnings).toEqual([
      { code: 'LONG_CHARACTERS', message: expect.stringMatching(/^’ “ ” are no characters of GSM-7/) },
    ]);
    expect(long!.segments).toEqual({ count: 2, encoding: 'GSM-7' });
    expect(preview([step()])[0]![0]!.segments).toBeNull();
  });

  it('shows the subject that goes out, and warns where the first has none', () => {
    const subjects = (...steps: object[]) =>
      preview(steps, 'email').map((all) => [all[0]!.subject, all[0]!.warnings.map(({ code }) => code)]);
    expect(subjects(step({ subject: 'For {firstName}' }), step(), step({ subject: 'New' }), step())).toEqual([
      ['For Ann on email', []],
      ['Re: For Ann on email', []],
      ['New', []],
      ['Re: New', []],
    ]);
    expect(subjects(step(), step())).toEqual([
      ['Hi Ann on email', ['BORROWED_SUBJECT']],
      ['Re: Hi Ann on email', []],
    ]);
  });

  it('names the fields that are missing, of what the channel carries', () => {
    const fields = { template: '{a} {b|x}', subject: '{c}', html: '<p>{d}{firstName}</p>' };
    expect(preview([step(fields)], 'email')[0]![0]).toMatchObject({
      missingFields: ['a', 'c', 'd'],
      html: expect.stringContaining('<p>Ann on email</p>'),
    });
    expect(preview([step(fields)], 'sms')[0]![0]).toMatchObject({ missingFields: ['a'], html: null, subject: null });
    expect(preview([step({ template: '{a}' })])[0]![0]!.warnings).toMatchObject([{ code: 'EMPTY_MESSAGE' }]);
  });
});
