import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { linesQuery } from '../../app/queries';
import { useSession } from '../../app/session';
import { installation } from '../../app/settings';
import { Card, Empty, layout, Page } from '../../parts/layout';
import { Tabs } from '../../parts/tabs';
import { accountsQuery } from '../lines/lines';
import { EventLog } from './event-log';
import { Keys } from './keys';
import { Webhooks } from './webhooks';

const route = getRouteApi('/developers');

export function Developers(): ReactNode {
  const search = route.useSearch();
  const { isAdmin, canWrite } = useSession();
  const tabs = [
    ...(isAdmin ? [['keys', 'API keys'] as const] : []),
    ...(canWrite ? [['webhooks', 'Webhooks'] as const] : []),
    ['events', 'Events'],
    ...(installation.isLocal ? [['outboxes', 'Simulated providers'] as const] : []),
  ] as const;
  const show = search.show ?? tabs[0]?.[0];
  return (
    <Page
      title="Developers"
      lead={
        <>
          Everything that this dashboard does is in the API: see the <a href="/api/docs">reference</a>.
        </>
      }
    >
      <Tabs label="For developers" to="/developers" name="show" tabs={tabs} chosen={show} />
      {show === 'keys' && (isAdmin ? <Keys /> : <Empty title="For administrators">Only they see and make API keys.</Empty>)}
      {show === 'webhooks' &&
        (canWrite ? (
          <Webhooks />
        ) : (
          <Empty title="Not for viewers">Webhooks are seen and made by those who may change things.</Empty>
        ))}
      {show === 'events' && <EventLog />}
      {show === 'outboxes' && <Outboxes />}
    </Page>
  );
}

/** What the simulated providers were asked to send: in a local installation only. */
function Outboxes(): ReactNode {
  const lines = useQuery(linesQuery);
  const accounts = useQuery(accountsQuery);
  const isHere = (url: unknown): url is string => typeof url === 'string' && /^http:\/\/(127\.0\.0\.1|localhost):/.test(url);
  const bridges = new Set((lines.data?.lines ?? []).map(({ bridgeUrl }) => bridgeUrl).filter(isHere));
  const carriers = new Set((accounts.data?.accounts ?? []).map(({ settings }) => settings.apiUrl).filter(isHere));
  const outboxes = [
    ...[...bridges].map((url) => ({ url, name: 'iMessage bridge' })),
    ...[...carriers].map((url) => ({ url, name: 'Twilio' })),
  ];
  if (outboxes.length === 0) return <Empty title="None here">Your lines send by real providers.</Empty>;
  return (
    <Card flush>
      <ul className={layout.list}>
        {outboxes.map(({ url, name }) => (
          <li key={url} className={layout.item}>
            <div className={layout.grow}>
              <div className={layout.strong}>{name}, simulated</div>
              <div className={`${layout.small} ${layout.muted}`}>
                Nothing leaves this machine. What it was asked to send is in its ledger.
              </div>
            </div>
            <a href={`${url}/ledger`} target="_blank" rel="noreferrer">
              Open the ledger
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
