import { judgeReply } from '#libs/opt-out-words';
import { readMail } from '.';
import { HTML_REPLIES } from './fixtures/html-replies';
import { personsMail } from './fixtures/mails';
import { PLAIN_REPLIES } from './fixtures/replies';

const read = (raw: string) => readMail(Buffer.from(raw));
const named = (cases: typeof PLAIN_REPLIES) => cases.map((one) => [one.name, one] as const);

describe('the text of a reply', () => {
  it.each(named(PLAIN_REPLIES))('%s', async (_name, { raw, text }) => {
    for (const lines of [raw, raw.replaceAll('\n', '\r\n')]) {
      const mail = await read(lines);
      expect([mail.kind, mail.isAutomatic, mail.text]).toEqual(['reply', false, text]);
    }
  });

  it.each(named(HTML_REPLIES))('in HTML: %s', async (_name, { raw, text }) => {
    for (const lines of [raw, raw.replaceAll('\n', '\r\n')]) expect((await read(lines)).text).toBe(text);
  });

  it('never holds the footer of our own mail', async () => {
    for (const { name, raw } of [...PLAIN_REPLIES, ...HTML_REPLIES]) {
      expect([name, (await read(raw)).text]).toEqual([name, expect.not.stringMatching(/opt out|unsubscribe/)]);
    }
  });

  it('holds a stop, wherever it stands beside a quotation', async () => {
    for (const { name, raw, text } of [...PLAIN_REPLIES, ...HTML_REPLIES]) {
      if (text !== 'Yes, on Thursday please.\n\nAnn' && text !== 'Yes, on Thursday please.') continue;
      const mail = await read(raw.replace(/Yes, on Thursday please\.(?:\n\nAnn)?/, 'STOP'));
      if (raw.includes('base64')) continue;
      expect([name, judgeReply({ text: mail.text, languages: ['en'] }).kind]).toEqual([name, 'opt_out']);
    }
  });

  it('keeps what stands at the end of a very long mail', async () => {
    const quotation = '> quoted\n'.repeat(120_000);
    expect((await read(personsMail({}, `${quotation}\nSTOP`))).text).toBe('STOP');
    expect((await read(personsMail({}, `STOP\n${quotation}`))).text).toBe('STOP');
  });
});
