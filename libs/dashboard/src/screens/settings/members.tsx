import { useInfiniteQuery } from '@tanstack/react-query';
import { TucoError } from '@tuco/client';
import type { ReactNode } from 'react';
import { ask, tuco } from '../../app/api';
import { useSession } from '../../app/session';
import { Button, buttonClass } from '../../parts/button';
import { Badge, Card, Empty, Failure, layout, Loading } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { plainWords } from '../../parts/words';

const PAGE = 100;
const POLL_MS = 60_000;

const ROLES: Readonly<Record<string, string>> = {
  admin: 'Everything, also launching, settings and API keys',
  member: 'Reads and writes; does not launch, and manages no settings or keys',
  viewer: 'Reads, and changes nothing',
};

export const membersQuery = {
  queryKey: ['members'],
  initialPageParam: '',
  queryFn: ({ pageParam }: { pageParam: string }) =>
    ask(tuco.GET('/api/workspace/members', { params: { query: { limit: PAGE, cursor: pageParam } } })),
  getNextPageParam: ({ pagination }: { pagination: object }) =>
    'nextCursor' in pagination ? (pagination.nextCursor as string | null) : null,
  refetchInterval: POLL_MS,
};

/** Who works with the workspace. People are added and removed where they sign in from. */
export function Members(): ReactNode {
  const { userId } = useSession();
  const query = useInfiniteQuery(membersQuery);
  const pages = query.data?.pages ?? [];
  const rows = pages.flatMap(({ members }) => members);
  const managedAt = pages[0]?.managedAt;
  const isNotConfigured = query.error instanceof TucoError && query.error.code === 'MEMBERS_NOT_CONFIGURED';
  return (
    <Card
      title="Members"
      flush
      actions={
        managedAt && (
          <a href={managedAt} target="_blank" rel="noreferrer" className={buttonClass('plain', true)}>
            Manage members at Clerk ↗
          </a>
        )
      }
    >
      {query.isPending && <Loading rows={4} />}
      {isNotConfigured && (
        <Empty title="Members are kept by Clerk">
          Whoever runs this server can set <code>CLERK_SECRET_KEY</code>, so that they are listed here.
        </Empty>
      )}
      {query.error && !isNotConfigured && (
        <div className={layout.cardBody}>
          <Failure error={query.error} again={() => void query.refetch()} />
        </div>
      )}
      <div className={layout.list}>
        {rows.length > 0 && (
          <Table
            label="Members"
            rows={rows}
            keyOf={(member) => member.userId}
            columns={[
              {
                head: 'Name',
                cell: ({ name, email, userId: id }) => (
                  <>
                    <span className={layout.row}>
                      <span className={layout.strong}>{name ?? email ?? id}</span>
                      {id === userId && <Badge tone="info">You</Badge>}
                    </span>
                    {name && email && <div className={`${layout.tiny} ${layout.muted}`}>{email}</div>}
                  </>
                ),
              },
              {
                head: 'Role',
                cell: ({ role }) => (
                  <>
                    {plainWords(role)}
                    <div className={`${layout.tiny} ${layout.muted}`}>{ROLES[role] ?? ROLES.member}</div>
                  </>
                ),
              },
              {
                head: 'Joined',
                from: 'medium',
                nowrap: true,
                times: true,
                cell: ({ joinedAt }) => <Time inColumn at={joinedAt} />,
              },
              {
                head: 'Last active',
                from: 'wide',
                nowrap: true,
                times: true,
                cell: ({ lastActiveAt }) => <Time inColumn at={lastActiveAt} none="Not known" />,
              },
            ]}
          />
        )}
        {managedAt === null && (
          <p className={`${layout.item} ${layout.small} ${layout.muted}`}>
            People sign in to this installation by the link that the server prints. With Clerk, its organization is listed here.
          </p>
        )}
      </div>
      {query.hasNextPage && (
        <div className={layout.item}>
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Card>
  );
}
