import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, download, type Schemas, tuco } from '../../app/api';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { SelectField, TextField } from '../../parts/field';
import { Badge, Card, Empty, Failure, layout, Loading, Page } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { toast, toastError } from '../../parts/toasts';
import { channelName, plainWords } from '../../parts/words';
import { AddSuppressions } from './add';
import { ImportSuppressions } from './import-file';

const route = getRouteApi('/suppressions');
const PAGE = 100;
export const REASONS = ['opted_out', 'unsubscribed', 'complained', 'bounced', 'invalid', 'manual', 'provider', 'review'] as const;
type Suppression = Schemas['Suppression'];

export function Suppressions(): ReactNode {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/suppressions' });
  const [open, setOpen] = useState<'add' | 'import' | null>(null);
  const [removed, setRemoved] = useState<Suppression | null>(null);
  const filter = {
    // The API finds whole addresses.
    ...(search.q && { address: search.q.trim() }),
    ...(search.reason && { reason: search.reason as (typeof REASONS)[number] }),
  };
  const query = useInfiniteQuery({
    queryKey: ['suppressions', filter],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      ask(tuco.GET('/api/suppressions', { params: { query: { ...filter, limit: PAGE, cursor: pageParam } } })),
    getNextPageParam: ({ pagination }) => ('nextCursor' in pagination ? pagination.nextCursor : null),
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.pages.flatMap(({ suppressions }) => suppressions) ?? [];
  const change = (next: typeof search) => {
    const kept = Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value));
    void navigate({ search: kept, replace: true });
  };
  const save = () =>
    void ask(tuco.GET('/api/suppressions/export', { params: { query: filter }, parseAs: 'blob' }))
      .then((file) => download('suppressions.csv', file))
      .catch(toastError);
  const actions = (
    <>
      <Button onClick={save}>Export</Button>
      <Button writes onClick={() => setOpen('import')}>
        Import
      </Button>
      <Button writes kind="primary" onClick={() => setOpen('add')}>
        Add
      </Button>
    </>
  );
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Page
      title="Suppressions"
      lead="Who must not be written to, whichever campaign or key asks for it: opt-outs, bounces, and what you add."
      actions={actions}
    >
      <div className={layout.grid}>
        <TextField
          bare
          type="search"
          label="Find an address"
          placeholder="A whole phone number or e-mail address"
          value={search.q ?? ''}
          onText={(q) => change({ q })}
        />
        <SelectField
          bare
          label="Reason"
          value={search.reason ?? ''}
          options={[['', 'Any reason'], ...REASONS.map((reason) => [reason, plainWords(reason)] as const)]}
          onPick={(reason) => change({ reason })}
        />
      </div>
      <Card flush>
        {query.isPending && <Loading rows={6} />}
        {query.error && <Failure error={query.error} again={() => void query.refetch()} />}
        {query.data && rows.length === 0 && (
          <Empty title={isFiltered ? 'Nothing fits' : 'Nobody is suppressed'} action={isFiltered ? undefined : actions}>
            {isFiltered
              ? 'An address is found by all of it, such as +12025550143.'
              : 'Somebody who answers STOP comes here by themselves. Add those who told you elsewhere, or import a list.'}
          </Empty>
        )}
        {rows.length > 0 && (
          <Table
            label="Suppressions"
            rows={rows}
            keyOf={({ _id }) => _id}
            columns={[
              {
                head: 'Address',
                cell: ({ address, domain, text, isErased }) => (
                  <>
                    <span className={`${layout.strong} ${address?.startsWith('+') ? layout.unbroken : ''}`}>
                      {isErased ? 'Erased address' : (address ?? `Everybody at ${domain}`)}
                    </span>
                    {text && <div className={`${layout.tiny} ${layout.muted}`}>wrote “{text}”</div>}
                  </>
                ),
              },
              { head: 'Channel', from: 'wide', cell: ({ channel }) => channelName(channel) },
              {
                head: 'Reason',
                cell: ({ reason, note }) => (
                  <>
                    <Badge tone={reason === 'opted_out' || reason === 'complained' ? 'bad' : 'plain'}>{plainWords(reason)}</Badge>
                    {note && <div className={`${layout.tiny} ${layout.muted}`}>{note}</div>}
                  </>
                ),
              },
              { head: 'Source', from: 'medium', cell: ({ source }) => plainWords(source) },
              {
                head: 'Since',
                from: 'wide',
                nowrap: true,
                times: true,
                cell: ({ createdAt }) => <Time inColumn at={createdAt} />,
              },
              {
                head: '',
                number: true,
                cell: (one) => (
                  <Button
                    writes
                    small
                    kind="quiet"
                    aria-label={`Remove ${one.address ?? one.domain ?? ''}`}
                    onClick={() => setRemoved(one)}
                  >
                    Remove
                  </Button>
                ),
              },
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
      {open === 'add' && <AddSuppressions close={() => setOpen(null)} />}
      {open === 'import' && <ImportSuppressions close={() => setOpen(null)} />}
      {removed && <Remove suppression={removed} close={() => setRemoved(null)} />}
    </Page>
  );
}

/** These are a person's own wish; only the person takes it back. */
const OWN_WISH = new Set<string>(['opted_out', 'unsubscribed', 'complained']);

function Remove({ suppression, close }: { suppression: Suppression; close: () => void }): ReactNode {
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const isOwn = OWN_WISH.has(suppression.reason);
  const remove = async () => {
    const query = isOwn ? { confirm: 'person-asked' as const } : {};
    await ask(tuco.DELETE('/api/suppressions/{id}', { params: { path: { id: suppression._id }, query } }));
    toast(`${suppression.address ?? suppression.domain} may be written to again.`);
    await queries.invalidateQueries({ queryKey: ['suppressions'] });
  };
  const name = suppression.address ?? suppression.domain ?? 'this address';
  return (
    <Dialog title={`Remove ${name}?`} submit="Remove" danger disabled={isOwn && !isAsked} close={close} onSubmit={remove}>
      <p>{name} may be written to again. What was cancelled because of it stays cancelled.</p>
      {isOwn && (
        <label className={layout.row}>
          <input type="checkbox" checked={isAsked} onChange={({ target }) => setAsked(target.checked)} />
          This person has asked to get messages again
        </label>
      )}
    </Dialog>
  );
}
