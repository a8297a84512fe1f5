import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { workspaceQuery } from '../../app/queries';
import { useSession } from '../../app/session';
import { Card, Empty, Page, Shown } from '../../parts/layout';
import { Tabs } from '../../parts/tabs';
import { AuditLog } from './audit-log';
import { Members } from './members';
import { SystemState } from './system';
import { WorkspaceForm } from './workspace-form';

const route = getRouteApi('/settings');
const TABS = [
  ['workspace', 'Workspace'],
  ['members', 'Members'],
  ['audit', 'Audit log'],
  ['system', 'System'],
] as const;

const HIDDEN: Readonly<Record<string, string>> = {
  members: 'Only they see who works with this workspace.',
  audit: 'Only they see who did what.',
  system: 'Only they see how the installation is.',
};
const FOR_ADMINS: ReadonlySet<string> = new Set(Object.keys(HIDDEN));

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
        tabs={isAdmin ? TABS : TABS.filter(([name]) => !FOR_ADMINS.has(name))}
        chosen={show}
      />
      {show === 'workspace' && (
        <Shown query={workspace}>
          {(settings) => <WorkspaceForm key={settings._id} settings={settings} isAdmin={isAdmin} />}
        </Shown>
      )}
      {isAdmin && show === 'members' && <Members />}
      {isAdmin && show === 'audit' && <AuditLog />}
      {!isAdmin && FOR_ADMINS.has(show) && (
        <Card>
          <Empty title="For administrators">{HIDDEN[show]}</Empty>
        </Card>
      )}
      {isAdmin && show === 'system' && <SystemState />}
    </Page>
  );
}
