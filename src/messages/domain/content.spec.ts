import {
  borrowedSubject,
  type Content,
  contentOn,
  contentProblems,
  goingOn,
  renderContent,
  subjectOf,
  TEXT_ALONE,
} from './content';

const content = (fields: Partial<Content> = {}): Content => ({ template: 'Hi {firstName}', ...TEXT_ALONE, ...fields });
const values = { firstName: 'Ann', company: '<b>"A" & Co\'s</b>', unsubscribe_url: 'https://t.example.com/u/1' };
const mail = { subject: 200, html: true };

describe('what a message says on a channel', () => {
  const all = content({
    subject: 'Hello',
    html: '<p>Hi</p>',
    byChannel: { sms: { template: 'Short' }, email: { subject: 'For {firstName}', html: null } },
  });

  it.each([
    ['imessage', { template: 'Hi {firstName}', subject: 'Hello', html: '<p>Hi</p>' }],
    ['sms', { template: 'Short', subject: 'Hello', html: '<p>Hi</p>' }],
    ['email', { template: 'Hi {firstName}', subject: 'For {firstName}', html: null }],
    ['constructor', { template: 'Hi {firstName}', subject: 'Hello', html: '<p>Hi</p>' }],
  ])('%s', (channel, expected) => expect(contentOn(all, channel)).toEqual(expected));

  it('leaves out what the channel does not carry', () => {
    expect(renderContent(contentOn(all, 'sms'), values, {})).toEqual({ text: 'Short', body: 'Short', subject: null, html: null });
    expect(renderContent(contentOn(all, 'email'), values, { takes: mail })).toMatchObject({ subject: 'For Ann', html: null });
  });

  it('names the template that cannot be used', () => {
    const broken = content({ subject: '{a', byChannel: { email: { html: '{{b}' } } });
    expect(contentProblems(broken, 'message').map(({ field }) => field)).toEqual(['subject', 'byChannel.email.html']);
    expect(contentProblems(content({ template: '{' }), 'message').map(({ field }) => field)).toEqual(['message']);
    expect(contentProblems(all, 'template')).toEqual([]);
  });

  it('escapes values in HTML, and nothing that its author wrote', () => {
    const { html, text } = renderContent(
      content({ template: '{company}', html: '<a title="{company}">{company}</a>{nobody|<i>you</i>}' }),
      values,
      { takes: mail },
    );
    const escaped = '&lt;b&gt;&quot;A&quot; &amp; Co&#39;s&lt;/b&gt;';
    expect(html).toBe(`<a title="${escaped}">${escaped}</a><i>you</i>`);
    expect(text).toBe(values.company);
  });
});

describe('subjects', () => {
  it.each([
    ['Hello', 20, 'Hello'],
    ['  A\r\nBcc: b@example.com\t\u0000x ', 60, 'A Bcc: b@example.com x'],
    [' \n ', 20, null],
    ['one two three four', 10, 'one two…'],
    ['abcdefghijklmnopqrstuvwxyz0123456789', 30, 'abcdefghijklmnopqrstuvwxyz012…'],
    ['123456😀😀', 8, '123456…'],
  ])('%j of at most %d characters is %j', (text, max, expected) => {
    const subject = subjectOf(text, max);
    expect(subject).toBe(expected);
    if (subject !== null) expect(subject.length).toBeLessThanOrEqual(max);
  });

  it('are borrowed from the first line of a text, and go on with Re:', () => {
    expect(borrowedSubject('\n Hi Ann,\nhow are you?')).toBe('Hi Ann,');
    expect(borrowedSubject(' ')).toBeNull();
    expect([goingOn('Hello'), goingOn('RE: re:Hello'), goingOn('Reply')]).toEqual(['Re: Hello', 'Re: Hello', 'Re: Reply']);
  });
});

describe('the footer of campaigns by e-mail', () => {
  const footer = { unsubscribeUrl: 'https://t.example.com/u/1?a=1&b=2', postalAddress: '1 Main St,\nSpringfield' };
  const render = (fields: Partial<Content>, how = footer as typeof footer | { unsubscribeUrl: string; postalAddress: null }) =>
    renderContent(content(fields), values, { takes: mail, footer: how });

  it('stands below text and HTML', () => {
    const { text, html } = render({ html: '<html><body><p>Hi</p></BODY></html>' });
    expect(text).toBe('Hi Ann\n\n1 Main St,\nSpringfield\nUnsubscribe: https://t.example.com/u/1?a=1&b=2');
    const link = '<a href="https://t.example.com/u/1?a=1&amp;b=2">Unsubscribe</a>';
    const paragraph = `<p style="color:#666;font-size:12px">1 Main St,<br>Springfield<br>${link}</p>`;
    expect(html).toBe(`<html><body><p>Hi</p>${paragraph}\n</BODY></html>`);
    expect(render({ html: '<p>Hi</p>' }).html).toBe(`<p>Hi</p>\n${paragraph}`);
  });

  it('is no text of its own: a message without one is known by its body', () => {
    expect(render({ template: '{nobody}' })).toMatchObject({ body: '', text: expect.stringContaining('Unsubscribe') });
    expect(render({}).body).toBe('Hi Ann');
  });

  it('finds the end of the page, whatever stands before it', () => {
    const { html } = render({ html: '<BODY>İİİ &lt;/body&gt; </Body ></html>' }, { ...footer, postalAddress: null });
    expect(html).toMatch(/^<BODY>İİİ &lt;\/body&gt; <p style="[^"]+"><a href="[^"]+">Unsubscribe<\/a><\/p>\n<\/Body ><\/html>$/);
  });

  it('says nothing twice', () => {
    const template = 'Hi. Springfield: 1 Main St, Springfield. No more? {unsubscribe_url}';
    expect(render({ template }).text).toBe('Hi. Springfield: 1 Main St, Springfield. No more? https://t.example.com/u/1');
    expect(render({ template: '{unsubscribe_url}' }).text).toBe('https://t.example.com/u/1\n\n1 Main St,\nSpringfield');
    expect(render({}, { ...footer, postalAddress: null }).text).toBe(`Hi Ann\n\nUnsubscribe: ${footer.unsubscribeUrl}`);
  });

  it('escapes what a workspace has for its address', () => {
    const { html } = render({ html: '<p>Hi</p>' }, { ...footer, postalAddress: '<script>' } as typeof footer);
    expect(html).toContain('&lt;script&gt;<br>');
  });
});
