import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, REREAD_MS, tuco } from '../../app/api';
import { Writers } from '../../app/writers';
import { buttonClass } from '../../parts/button';
import { Badge, Card, Empty, Page, Shown } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { count, plainWords } from '../../parts/words';
import { isOver, stateTone } from './states';

const POLL_MS = 2_000;

export function Imports(): ReactNode {
  const imports = useQuery({
    queryKey: ['imports'],
    queryFn: () => ask(tuco.GET('/api/leads/imports', { params: { query: { limit: 100 } } })),
    refetchInterval: ({ state }) => (state.data?.imports.some((one) => !isOver(one.state)) ? POLL_MS : REREAD_MS),
  });
  const action = (
    <Writers>
      <Link to="/imports/new" className={buttonClass('primary')}>
        Import a file
      </Link>
    </Writers>
  );
  return (
    <Page title="Imports" lead="Files of leads that were brought in, and what became of their rows." actions={action}>
      <Card flush>
        <Shown query={imports}>
          {({ imports: rows }) =>
            rows.length === 0 ? (
              <Empty title="No imports yet" action={action}>
                Drop a CSV from any CRM or spreadsheet. You see how each column is understood before anything is saved.
              </Empty>
            ) : (
              <Table
                label="Imports"
                rows={rows}
                keyOf={({ importId }) => importId}
                columns={[
                  {
                    head: 'File',
                    cell: ({ importId, fileName }) => (
                      <Link to="/imports/$id" params={{ id: importId }}>
                        {fileName}
                      </Link>
                    ),
                  },
                  { head: 'State', cell: ({ state }) => <Badge tone={stateTone[state]}>{plainWords(state)}</Badge> },
                  { head: 'Rows', number: true, from: 'wide', cell: ({ rows: all }) => count(all) },
                  { head: 'Saved', number: true, cell: ({ saved }) => count(saved) },
                  { head: 'Duplicates', number: true, from: 'medium', cell: ({ duplicate }) => count(duplicate) },
                  { head: 'Rejected', number: true, from: 'medium', cell: ({ invalid }) => count(invalid) },
                  {
                    head: 'Started',
                    from: 'wide',
                    nowrap: true,
                    times: true,
                    cell: ({ createdAt }) => <Time inColumn at={createdAt} />,
                  },
                ]}
              />
            )
          }
        </Shown>
      </Card>
    </Page>
  );
}
