import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { linesQuery } from '../../app/queries';
import { installation } from '../../app/settings';
import { Card, Empty, layout, Shown } from '../../parts/layout';
import { accountsQuery } from '../lines/lines';

interface Outbox {
  name: string;
  url: string;
  about: string;
  link: string;
}

const NOTHING_LEAVES = 'Nothing leaves this machine.';

const isHere = (url: unknown): url is string => typeof url === 'string' && /^http:\/\/(127\.0\.0\.1|localhost):/.test(url);

/** Each once, however many lines are on it. */
const ledgers = (urls: readonly unknown[], name: string): Outbox[] =>
  [...new Set(urls.filter(isHere))].map((url) => ({
    name,
    url: `${url.replace(/\/$/, '')}/ledger`,
    about: `${NOTHING_LEAVES} What it was asked to send is in its ledger.`,
    link: 'Open the ledger',
  }));

/** What the simulated providers were asked to send: in a local installation only. */
export function Outboxes(): ReactNode {
  const lines = useQuery(linesQuery);
  const accounts = useQuery(accountsQuery);
  return (
    <Shown query={lines}>
      {({ lines: all }) => (
        <Shown query={accounts}>
          {({ accounts: ofProviders }) => {
            const bridges = all.map(({ bridgeUrl }) => bridgeUrl);
            const carriers = ofProviders.map(({ settings }) => settings.apiUrl);
            return <Found outboxes={[...ledgers(bridges, 'iMessage bridge'), ...ledgers(carriers, 'Twilio'), ...mail()]} />;
          }}
        </Shown>
      )}
    </Shown>
  );
}

const mail = (): Outbox[] =>
  isHere(installation.mailSimulator)
    ? [
        {
          name: 'Mail server',
          url: installation.mailSimulator,
          about: `${NOTHING_LEAVES} Its page shows each mail, and answers it or bounces it for the person who got it.`,
          link: 'Open the mailbox',
        },
      ]
    : [];

function Found({ outboxes }: { outboxes: readonly Outbox[] }): ReactNode {
  return (
    <Card flush>
      {outboxes.length === 0 && <Empty title="None here">Your lines send by real providers.</Empty>}
      <ul className={layout.list}>
        {outboxes.map(({ url, name, about, link }) => (
          <li key={url} className={layout.item}>
            <div className={layout.grow}>
              <div className={layout.strong}>{name}, simulated</div>
              <div className={`${layout.small} ${layout.muted}`}>{about}</div>
            </div>
            <a href={url} target="_blank" rel="noreferrer">
              {link}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
