import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { count } from '../parts/words';
import { Icon, type IconName } from './icons';
import { overviewQuery } from './queries';
import styles from './shell.module.css';

interface Entry {
  to: string;
  icon: IconName;
  name: string;
}

const GROUPS: readonly { name: string | null; entries: readonly Entry[] }[] = [
  {
    name: null,
    entries: [
      { to: '/', icon: 'home', name: 'Home' },
      { to: '/inbox', icon: 'inbox', name: 'Inbox' },
    ],
  },
  {
    name: 'Outreach',
    entries: [
      { to: '/campaigns', icon: 'campaigns', name: 'Campaigns' },
      { to: '/messages', icon: 'messages', name: 'Messages' },
    ],
  },
  {
    name: 'People',
    entries: [
      { to: '/leads', icon: 'leads', name: 'Leads' },
      { to: '/lists', icon: 'lists', name: 'Lists' },
      { to: '/imports', icon: 'imports', name: 'Imports' },
      { to: '/suppressions', icon: 'suppressions', name: 'Suppressions' },
    ],
  },
  {
    name: 'Workspace',
    entries: [
      { to: '/lines', icon: 'lines', name: 'Lines' },
      { to: '/developers', icon: 'developers', name: 'Developers' },
      { to: '/settings', icon: 'settings', name: 'Settings' },
    ],
  },
];

/** How many rows a page says that there are. */
export const totalOf = (pagination: object): number => ('totalCount' in pagination ? Number(pagination.totalCount) : 0);

export function Navigation({ chosen }: { chosen: () => void }): ReactNode {
  const { data } = useQuery(overviewQuery);
  const waiting = data?.inbox?.unread ?? 0;
  return (
    <nav className={styles.nav} aria-label="Main">
      {GROUPS.map(({ name, entries }) => (
        <div key={name} className={styles.group}>
          {name && <div className={styles.groupName}>{name}</div>}
          {entries.map(({ to, icon, name: entry }) => (
            <Link
              key={to}
              to={to}
              className={styles.link}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              onClick={chosen}
            >
              <Icon name={icon} />
              {entry}
              {to === '/inbox' && waiting > 0 && (
                <span className={styles.count} title="Conversations that nobody has read">
                  {count(waiting)}
                </span>
              )}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  );
}
