import { judgeFailure, Words } from './failure';
import { DIAGNOSTICS } from './fixtures/diagnostics';

const judge = (status: string | null, diagnostic: string, isFinal = true) =>
  judgeFailure({ isFinal, status, diagnostic, notice: new Words('') });

describe('judgeFailure', () => {
  it.each(DIAGNOSTICS)('%s %j: suppress %j, blames the %s', (status, diagnostic, suppress, blames) => {
    const verdict = judge(status, diagnostic);
    expect([verdict.suppress, verdict.blames]).toEqual([suppress, blames]);
  });

  it('suppresses nobody while a system still tries', () => {
    for (const [status, diagnostic] of DIAGNOSTICS)
      expect([diagnostic, judge(status, diagnostic, false).suppress]).toEqual([diagnostic, false]);
  });

  it('suppresses nobody as soon as anything else is said beside an unknown user', () => {
    const others = [
      'mailbox full',
      'listed at rbl.example',
      'policy',
      'rate limited',
      'greylisted',
      'spam',
      'message too large',
      '5.7.1',
      '4.2.1',
      'timed out',
    ];
    for (const other of others) {
      const said = `550 5.1.1 User unknown; ${other}`;
      expect([said, judge('5.1.1', said).suppress]).toEqual([said, false]);
    }
  });

  it('takes neither names of servers nor addresses for what is said', () => {
    for (const said of [
      'host mx.spamexperts.example[192.0.2.9] said: 550 5.1.1 <policy@blocked.example>: User unknown (in reply to RCPT TO command)',
      'host antispam.example[2001:db8::1] said: 550 5.1.1 <quota@spam.example>... User unknown',
    ]) {
      expect([said, judge('5.1.1', said).suppress]).toEqual([said, true]);
    }
  });

  it('states the code that says most', () => {
    const status = (stated: string | null, diagnostic: string) => judge(stated, diagnostic).status;
    expect(status('5.0.0', '550 5.1.1 User unknown')).toBe('5.1.1');
    expect(status('5.0.0', "5.1.0 - Unknown address error 550-'5.2.2 Mailbox full'")).toBe('5.2.2');
    expect(status('5.2.0', '550 5.1.1 User unknown')).toBe('5.2.0');
    expect(status(null, '550-5.7.26 not authenticated')).toBe('5.7.26');
    expect(status(null, '550 from 192.5.1.1, version 5.1.1.2 of mx5.1.1')).toBeNull();
    expect(status('5.0.0', '550 went wrong')).toBe('5.0.0');
  });

  it('tells by the class of a code or of a reply whether it is for good', () => {
    expect(judge('4.0.0', 'anything').permanent).toBe(false);
    expect(judge(null, '451 come back').permanent).toBe(false);
    expect(judge(null, '554 no').permanent).toBe(true);
    expect(judge(null, 'retry timeout exceeded').permanent).toBeNull();
    expect(judge(null, 'there is no such user').permanent).toBe(true);
  });

  it('asks what is said to people where the words for machines decide nothing', () => {
    const verdict = judgeFailure({
      isFinal: true,
      status: '5.0.0',
      diagnostic: '550 #5.1.0 Address rejected.',
      notice: new Words("The address couldn't be found."),
    });
    expect(verdict).toMatchObject({ suppress: true, blames: 'recipient', status: '5.1.0' });
  });
});
