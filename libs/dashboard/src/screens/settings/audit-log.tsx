import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask, tuco } from '../../app/api';
import { Button } from '../../parts/button';
import { Card, Empty, Failure, layout, Loading } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { plainWords } from '../../parts/words';
import { Subject, useAuditNames } from './audit-names';

const PAGE = 50;

export function AuditLog(): ReactNode {
  const query = useInfiniteQuery({
    queryKey: ['audit'],
    initialPageParam: '',
    queryFn: ({ pageParam }) => ask(tuco.GET('/api/audit', { params: { query: { limit: PAGE, cursor: pageParam } } })),
    getNextPageParam: ({ pagination }) => ('nextCursor' in pagination ? pagination.nextCursor : null),
  });
  const names = useAuditNames();
  const rows = query.data?.pages.flatMap(({ entries }) => entries) ?? [];
  return (
    <Card title="Who did what" flush>
      {query.isPending && <Loading rows={6} />}
      {query.error && <Failure error={query.error} again={() => void query.refetch()} />}
      {query.data && rows.length === 0 && (
        <Empty title="Nothing yet">Launches, deletions, keys, lines and settings are written down here.</Empty>
      )}
      {rows.length > 0 && (
        <Table
          label="Audit log"
          rows={rows}
          keyOf={({ _id }) => _id}
          columns={[
            {
              head: 'What',
              cell: ({ action, subject }) => (
                <>
                  {plainWords(action.replace('.', ' '))}
                  <div className={`${layout.tiny} ${layout.muted}`}>
                    <Subject subject={subject} nameOf={names.of} />
                  </div>
                </>
              ),
            },
            { head: 'Who', cell: ({ actor }) => names.actor(actor) },
            { head: 'From', from: 'medium', cell: ({ address }) => address ?? '–' },
            { head: 'When', times: true, cell: ({ at }) => <Time inColumn at={at} /> },
          ]}
        />
      )}
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
