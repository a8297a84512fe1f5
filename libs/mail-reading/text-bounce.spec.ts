import { readMail } from '.';
import { GATEWAY_REPORTS } from './fixtures/gateway-reports';
import { LANGUAGE_REPORTS } from './fixtures/language-reports';
import { textReport } from './fixtures/mails';
import { TEXT_REPORTS } from './fixtures/text-reports';

const CASES = [...TEXT_REPORTS, ...GATEWAY_REPORTS, ...LANGUAGE_REPORTS];

const bytes = (text: string) => Buffer.from(text);

describe('reports in words alone', () => {
  it.each(CASES.map((one) => [one.name, one] as const))(
    '%s',
    async (_name, { raw, kind, recipient, status, suppress, blames }) => {
      for (const lines of [raw, raw.replaceAll('\n', '\r\n')]) {
        const read = await readMail(bytes(lines));
        expect([read.kind, read.isAutomatic, read.text]).toEqual([kind, true, '']);
        expect(read.report!.recipients).toHaveLength(1);
        expect(read.report!.recipients[0]).toMatchObject({ recipient, status, suppress, blames });
      }
    },
  );

  it('gives each recipient the words about them', async () => {
    const raw = textReport(
      {},
      "I wasn't able to deliver your message to the following addresses.\n\n<ann@lake.example>:\nRemote host said: 550 5.1.1 User unknown\n\n<ben@lake.example>:\nRemote host said: 552 5.2.2 Mailbox full\n\n<cay@lake.example>:\nRemote host said: 554 5.7.1 blocked\n",
    );
    const { report } = await readMail(bytes(raw));
    expect(report!.recipients.map(({ recipient, status, suppress }) => [recipient, status, suppress])).toEqual([
      ['ann@lake.example', '5.1.1', true],
      ['ben@lake.example', '5.2.2', false],
      ['cay@lake.example', '5.7.1', false],
    ]);
  });

  it('finds the mail of ours that came back', async () => {
    for (const { raw, name } of CASES.filter(({ raw }) => raw.includes('att-1@'))) {
      const { report } = await readMail(bytes(raw));
      expect([name, report!.originalMessageId]).toEqual([name, 'att-1@acme.example']);
    }
  });
});
