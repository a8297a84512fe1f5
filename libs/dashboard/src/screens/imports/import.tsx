import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, download, tuco } from '../../app/api';
import { Button, buttonClass } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { Badge, Card, Failure, layout, Loading, Note, Page, Progress, Stat } from '../../parts/layout';
import { Time } from '../../parts/time';
import { toastError } from '../../parts/toasts';
import { count, many, plainWords } from '../../parts/words';
import { isOver, stateTone } from './states';

const route = getRouteApi('/imports/$id');
const POLL_MS = 700;

/** Progress while it runs, and the report afterwards; a reload changes nothing. */
export function ImportPage(): ReactNode {
  const { id } = route.useParams();
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const params = { path: { id } };
  const query = useQuery({
    queryKey: ['imports', id],
    queryFn: () => ask(tuco.GET('/api/leads/imports/{id}', { params })),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : POLL_MS),
  });
  const one = query.data;
  if (!one) {
    return (
      <Page title="Import" crumb={<Link to="/imports">Imports</Link>}>
        {query.isPending ? <Loading /> : <Failure error={query.error} again={() => void query.refetch()} />}
      </Page>
    );
  }
  const save = (what: 'rejected' | 'duplicates' | 'warnings') =>
    void ask(
      what === 'rejected'
        ? tuco.GET('/api/leads/imports/{id}/rejected', { params, parseAs: 'blob' })
        : what === 'duplicates'
          ? tuco.GET('/api/leads/imports/{id}/duplicates', { params, parseAs: 'blob' })
          : tuco.GET('/api/leads/imports/{id}/warnings', { params, parseAs: 'blob' }),
    )
      .then((file) => download(`${what}-${one.fileName}`, file))
      .catch(toastError);
  const reports = [
    [
      'rejected',
      one.invalid,
      'Rows without a usable phone or e-mail, each with the reason. Correct them and import the file again.',
    ],
    ['duplicates', one.duplicate, 'Rows of people who are leads already, each with the lead that it matches.'],
    ['warnings', one.warnings, 'Values that were left out or changed, such as a second phone that is not a number.'],
  ] as const;
  const isRunning = !isOver(one.state);
  return (
    <Page
      title={one.fileName}
      crumb={<Link to="/imports">Imports</Link>}
      badge={<Badge tone={stateTone[one.state]}>{plainWords(one.state)}</Badge>}
      actions={
        isRunning ? (
          <Button writes kind="danger" onClick={() => setAsks(true)}>
            Cancel the import
          </Button>
        ) : (
          <Link to="/leads" search={{ list: one.listId }} className={buttonClass('primary')}>
            See the leads
          </Link>
        )
      }
    >
      {one.error && <Note tone="bad">{one.error}</Note>}
      {isRunning && (
        <Card>
          <Progress percent={one.percent} label="Import" />
          <div className={`${layout.row} ${layout.spread} ${layout.small} ${layout.muted}`}>
            <span>
              {Math.round(one.percent)} % · {many(one.rows, 'row')}
            </span>
            <span>
              {one.rowsPerSecond !== null && `${count(Math.round(one.rowsPerSecond))} rows a second`}
              {one.secondsLeft !== null && ` · about ${many(Math.ceil(one.secondsLeft), 'second')} left`}
            </span>
          </div>
        </Card>
      )}
      <div className={layout.stats}>
        <Stat label="Rows">{count(one.rows)}</Stat>
        <Stat label="Saved">{count(one.saved)}</Stat>
        <Stat label="Updated">{count(one.updated)}</Stat>
        <Stat label="Duplicates">{count(one.duplicate)}</Stat>
        <Stat label="Rejected">{count(one.invalid)}</Stat>
        <Stat label="Warnings">{count(one.warnings)}</Stat>
      </div>
      <Card title="Reports" flush>
        <ul className={layout.list}>
          {reports.map(([what, total, text]) => (
            <li key={what} className={layout.item}>
              <div className={layout.grow}>
                <div className={layout.strong}>
                  {plainWords(what)}: {count(total)}
                </div>
                <div className={`${layout.small} ${layout.muted}`}>{text}</div>
              </div>
              <Button disabled={total === 0} aria-label={`Download ${what}`} onClick={() => save(what)}>
                Download
              </Button>
            </li>
          ))}
        </ul>
      </Card>
      <p className={`${layout.small} ${layout.muted}`}>
        Started <Time at={one.createdAt} />
        {one.finishedAt && (
          <>
            , finished <Time at={one.finishedAt} />
          </>
        )}
      </p>
      {asks && (
        <Dialog
          title="Cancel this import?"
          submit="Cancel the import"
          danger
          close={() => setAsks(false)}
          onSubmit={async () => {
            await ask(tuco.DELETE('/api/leads/imports/{id}', { params }));
            await queries.invalidateQueries({ queryKey: ['imports'] });
          }}
        >
          <p>{many(one.saved, 'lead')} are saved by now and stay. The rest of the file is not read.</p>
        </Dialog>
      )}
    </Page>
  );
}
