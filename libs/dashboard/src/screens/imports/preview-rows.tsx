import type { ReactNode } from 'react';
import { Badge, Card, layout } from '../../parts/layout';
import { Table } from '../../parts/table';
import { nameOf } from '../../parts/words';
import styles from './imports.module.css';
import type { PreviewRow } from './upload';

type Text = string | null | undefined;

/** What would become of the first rows. */
export function PreviewRows({ rows }: { rows: readonly PreviewRow[] }): ReactNode {
  return (
    <Card title="The first rows" flush>
      <div className={styles.preview}>
        <Table
          label="The first rows"
          rows={rows}
          keyOf={({ row }) => String(row)}
          columns={[
            { head: 'Row', number: true, cell: ({ row }) => row },
            { head: 'Name', cell: ({ lead }) => nameOf(lead) },
            { head: 'Phone', nowrap: true, cell: ({ lead, problem }) => (problem ? '–' : ((lead.phone as Text) ?? '–')) },
            { head: 'E-mail', from: 'wide', cell: ({ lead, problem }) => (problem ? '–' : ((lead.email as Text) ?? '–')) },
            {
              head: 'Outcome',
              cell: ({ problem, warnings }) => (
                <>
                  <Badge tone={problem ? 'bad' : warnings.length > 0 ? 'warn' : 'good'}>
                    {problem ? 'Rejected' : warnings.length > 0 ? 'Saved, with a warning' : 'Saved'}
                  </Badge>
                  {(problem ?? warnings[0]) && (
                    <div className={`${layout.tiny} ${layout.muted}`}>{problem?.message ?? warnings[0]?.message}</div>
                  )}
                </>
              ),
            },
          ]}
        />
      </div>
    </Card>
  );
}
