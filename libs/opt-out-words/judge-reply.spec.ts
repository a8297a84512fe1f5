import cases from '../../test/fixtures/consent/messages.json';
import { judgeReply } from './index';

interface Case {
  id: string;
  text: string;
  kind: string;
  accept?: string[];
  language?: string;
  suppressedBefore?: boolean;
  lead?: { firstName: string; lastName: string };
  lastOutbound?: string;
}

describe('judgeReply', () => {
  it.each(cases as Case[])('$id: $text', ({ text, kind, accept, language, suppressedBefore, lead, lastOutbound }) => {
    const judged = judgeReply({ text, languages: [language ?? 'en'], suppressedBefore, leadName: lead, lastOutbound });
    expect(accept ?? [kind]).toContain(judged.kind);
  });
});
