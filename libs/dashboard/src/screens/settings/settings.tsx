import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { workspaceQuery } from '../../app/queries';
import { useSession } from '../../app/session';
import { Card, Empty, Page, Shown } from '../../parts/layout';
import { Tabs } from '../../parts/tabs';
import { AuditLog } from './audit-log';
import { SystemState } from './system';
import { WorkspaceForm } from './workspace-form';

const route = getRouteApi('/settings');
const TABS = [
  ['workspace', 'Workspace'],
  ['audit', 'Audit log'],
  ['system', 'System'],
] as const;

export function Settings(): ReactNode {
  const { show = 'workspace' } = route.useSearch();
  const { isAdmin } = useSession();
  const workspace = useQuery(workspaceQuery);
  return (
    <Page title="Settings">
      <Tabs
        label="Settings"
        to="/settings"
        name="show"
        tabs={isAdmin ? TABS : TABS.filter(([name]) => name !== 'audit')}
        chosen={show}
      />
      {show === 'workspace' && (
        <Shown query={workspace}>
          {(settings) => <WorkspaceForm key={settings._id} settings={settings} isAdmin={isAdmin} />}
        </Shown>
      )}
      {show === 'audit' &&
        (isAdmin ? (
          <AuditLog />
        ) : (
          <Card>
            <Empty title="For administrators">Only they see who did what.</Empty>
          </Card>
        ))}
      {show === 'system' && <SystemState />}
    </Page>
  );
}
