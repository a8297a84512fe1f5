import { type Channel, Channels } from '../../channels';
import { type Content, TEXT_ALONE } from '../../messages';
import type { Campaign, Step } from '../domain/campaign';
import { type PreviewContent, PreviewContents } from './preview-contents';

const adapter = (fields: Partial<Channel>) => ({ reaches: ['phone'], ...fields }) as unknown as Channel;
const channels = new Channels([
  adapter({ name: 'imessage' }),
  adapter({
    name: 'sms',
    measure: (text) => ({ units: text.length, encoding: 'plain', hint: text.includes('…') ? 'three dots' : null }),
  }),
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

  it('counts texts on channels that do, and says what makes them longer', () => {
    const [[plain], [long]] = preview([step(), step({ template: 'Hi …' })], 'sms') as [[PreviewContent], [PreviewContent]];
    expect([plain.segments, plain.warnings]).toEqual([{ count: 13, encoding: 'plain' }, []]);
    expect([long.segments, long.warnings]).toEqual([
      { count: 4, encoding: 'plain' },
      [{ code: 'LONG_CHARACTERS', message: 'three dots' }],
    ]);
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
    expect(preview([step({ template: '{a}' })], 'email')[0]![0]!.warnings).toMatchObject([
      { code: 'EMPTY_MESSAGE' },
      { code: 'BORROWED_SUBJECT' },
    ]);
    expect(preview([step({ template: '{a}' })])[0]![0]!.warnings).toMatchObject([{ code: 'EMPTY_MESSAGE' }]);
  });
});
