import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../../app/session';
import { workspaceQuery } from '../../app/shell';
import controls from '../../parts/controls.module.css';
import { Card, Empty, Page, Shown } from '../../parts/layout';
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
      <nav className={controls.tabs} aria-label="Settings">
        {TABS.map(([tab, name]) => (
          <Link
            key={tab}
            to="/settings"
            search={{ show: tab }}
            className={controls.tab}
            activeOptions={{ exact: true, includeSearch: false }}
            aria-current={tab === show ? 'page' : 'false'}
          >
            {name}
          </Link>
        ))}
      </nav>
      {show === 'workspace' && (
        <Shown query={workspace}>{(settings) => <WorkspaceForm key={settings._id} settings={settings} isAdmin={isAdmin} />}</Shown>
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
