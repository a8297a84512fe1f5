import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../../app/session';
import { installation } from '../../app/settings';
import { Empty, Page } from '../../parts/layout';
import { Tabs } from '../../parts/tabs';
import { EventLog } from './event-log';
import { Keys } from './keys';
import { Outboxes } from './outboxes';
import { NotForViewers, Webhooks } from './webhooks';

const route = getRouteApi('/developers');

export function Developers(): ReactNode {
  const search = route.useSearch();
  const { isAdmin, canWrite } = useSession();
  const tabs = [
    ...(isAdmin ? [['keys', 'API keys'] as const] : []),
    ...(canWrite ? [['webhooks', 'Webhooks'] as const] : []),
    ['events', 'Events'],
    ...(installation.isLocal ? [['outboxes', 'Simulators'] as const] : []),
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
      {show === 'webhooks' && (canWrite ? <Webhooks /> : <NotForViewers />)}
      {show === 'events' && <EventLog />}
      {show === 'outboxes' && <Outboxes />}
    </Page>
  );
}
