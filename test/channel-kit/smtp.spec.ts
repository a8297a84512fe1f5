import type { Fault } from '@tuco/mail-simulator';
import { freePort } from '../support/free-port';
import { itKeepsTheChannelContract, type Provocation } from './channel-contract';
import { PASSWORD, SmtpRig } from './smtp-rig';

const FAULTS: Record<Provocation, Fault> = {
  refuses: { name: 'reply', stage: 'message', reply: '554 5.6.0 Message content rejected' },
  'times-out': { name: 'silence', stage: 'message', taken: true },
  'cuts-the-connection': { name: 'rst', stage: 'message', taken: true },
  'answers-garbage': { name: 'garbage', stage: 'message', taken: true },
  // A server cannot say yes and mean no by SMTP; what comes nearest is a no after everything was taken.
  'lies-200-with-error': { name: 'reply', stage: 'message', reply: '554 5.3.0 Accepted, and thrown away' },
  'answers-5xx': { name: 'reply', stage: 'sender', reply: '550 5.7.1 Sender rejected' },
};

itKeepsTheChannelContract('SMTP', async () => {
  const rig = await SmtpRig.start();
  const { simulator, channel } = rig;
  const { host } = simulator;
  return {
    channel,
    line: rig.line,
    lineWithWrongSecret: rig.lineWith({}, { smtpPassword: 'another password' }),
    lineToNobody: rig.lineWith({ smtpHost: host, smtpPort: await freePort() }),
    secrets: [PASSWORD, Buffer.from(PASSWORD).toString('base64'), host],
    reachable: (serial) => `lead-${serial}@lake.example`,
    notOnChannel: (serial) => `refuse+550@n${serial}.example`,
    provoke: (what) => simulator.fail(what ? [{ ...FAULTS[what], times: null }] : []),
    passed: () =>
      simulator.ledger().map(({ envelope, text, attachments }) => ({ to: envelope.to, text, attachments: [...attachments] })),
    close: () => rig.close(),
  };
});
