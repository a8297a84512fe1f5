import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { totalOf } from '../../app/navigation';
import { Button } from '../../parts/button';
import { SelectField } from '../../parts/field';
import { Badge, Card, Empty, layout, Shown, type Tone } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { toast, toastError } from '../../parts/toasts';
import { count, many, plainWords } from '../../parts/words';

const PAGE = 20;
type Status = Schemas['Enrollment']['status'];
const TONES: Record<Status, Tone> = { active: 'info', completed: 'good', stopped: 'plain' };

/** Why somebody gets no further steps. */
const STOPPED: Readonly<Record<NonNullable<Schemas['Enrollment']['stopReason']>, string>> = {
  replied: 'Replied',
  opted_out: 'Opted out',
  taken_out: 'Taken out',
  previous_step_failed: 'A step failed',
  lead_deleted: 'Lead deleted',
};

/** Who is in the campaign, and how far. */
export function Enrollments({ campaign }: { campaign: Schemas['Campaign'] }): ReactNode {
  const [page, setPage] = useState(1);
  const [status, setStatus] = useState('');
  const queries = useQueryClient();
  const id = campaign._id;
  const people = useQuery({
    queryKey: ['campaigns', id, 'people', status, page],
    queryFn: async () => {
      const query = { page, limit: PAGE, ...(status && { status: [status as Status] }) };
      const { enrollments, pagination } = await ask(tuco.GET('/api/campaigns/{id}/leads', { params: { path: { id }, query } }));
      return { rows: enrollments, total: totalOf(pagination) };
    },
    placeholderData: keepPreviousData,
  });
  const leave = async (leadId: string) => {
    try {
      const { cancelledCount } = await ask(
        tuco.DELETE('/api/campaigns/{id}/leads/{leadId}', { params: { path: { id, leadId } } }),
      );
      toast(`Taken out; ${many(cancelledCount, 'message')} cancelled.`);
      await queries.invalidateQueries({ queryKey: ['campaigns', id] });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <Card
      title="People"
      actions={
        <SelectField
          bare
          label="Status of people"
          value={status}
          options={[
            ['', 'All'],
            ['active', 'Active'],
            ['completed', 'Completed'],
            ['stopped', 'Stopped'],
          ]}
          onPick={(next) => (setPage(1), setStatus(next))}
        />
      }
      flush
    >
      <Shown query={people}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <Empty title="Nobody here">People come in from the list at the launch, or one by one later.</Empty>
          ) : (
            <>
              <Table
                label="People"
                rows={rows}
                keyOf={({ _id }) => _id}
                columns={[
                  {
                    head: 'Name',
                    cell: ({ leadId, name, externalId }) => (
                      <Link to="/leads/$id" params={{ id: leadId }}>
                        {name ?? externalId ?? 'Without a name'}
                      </Link>
                    ),
                  },
                  {
                    head: 'Status',
                    cell: ({ status: one, stopReason }) => (
                      <>
                        <Badge tone={TONES[one]}>{plainWords(one)}</Badge>
                        {stopReason && <div className={`${layout.tiny} ${layout.muted}`}>{STOPPED[stopReason]}</div>}
                      </>
                    ),
                  },
                  {
                    head: 'Last sent',
                    from: 'wide',
                    nowrap: true,
                    times: true,
                    cell: ({ lastSentAt }) => <Time inColumn at={lastSentAt} />,
                  },
                  {
                    head: 'Answered',
                    from: 'medium',
                    nowrap: true,
                    times: true,
                    cell: ({ repliedAt }) => <Time inColumn at={repliedAt} />,
                  },
                  {
                    head: '',
                    number: true,
                    cell: ({ status: one, leadId }) =>
                      one === 'active' && (
                        <Button writes small kind="quiet" onClick={() => void leave(leadId)}>
                          Take out
                        </Button>
                      ),
                  },
                ]}
              />
              {total > PAGE && (
                <div className={layout.item}>
                  <span className={`${layout.small} ${layout.muted}`}>
                    {count((page - 1) * PAGE + 1)}–{count(Math.min(page * PAGE, total))} of {count(total)}
                  </span>
                  <span className={layout.row}>
                    <Button small disabled={page === 1} onClick={() => setPage(page - 1)}>
                      Before
                    </Button>
                    <Button small disabled={page * PAGE >= total} onClick={() => setPage(page + 1)}>
                      Next
                    </Button>
                  </span>
                </div>
              )}
            </>
          )
        }
      </Shown>
    </Card>
  );
}
