import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { ask, download, tuco } from '../../app/api';
import { Writers } from '../../app/writers';
import { Button, buttonClass } from '../../parts/button';
import { CheckField, SelectField, TextField } from '../../parts/field';
import { Empty, Failure, layout, Loading, Page } from '../../parts/layout';
import { Menu } from '../../parts/menu';
import menu from '../../parts/menu.module.css';
import { SavedViews, type ViewState } from '../../parts/saved-views';
import views from '../../parts/saved-views.module.css';
import { toastError } from '../../parts/toasts';
import { count, many } from '../../parts/words';
import { BulkActions } from './bulk';
import { CHOICES, columnsInUrl, visibleColumns } from './columns';
import { type LeadSearch, queryOf, searchOf, stateOf } from './filters';
import { LeadTable } from './lead-table';
import styles from './leads.module.css';
import { NewLead } from './new-lead';
import { useSearchText } from './search-text';

const route = getRouteApi('/leads');
const PAGE = 100;

export const listsQuery = {
  queryKey: ['lists'],
  queryFn: () => ask(tuco.GET('/api/lists', { params: { query: { limit: 200 } } })),
};

/** All leads of a filter, page by page. */
function useLeads(search: LeadSearch) {
  const query = queryOf(search);
  return useInfiniteQuery({
    queryKey: ['leads', 'table', query],
    initialPageParam: '',
    queryFn: async ({ pageParam }) => {
      const page = await ask(tuco.GET('/api/leads', { params: { query: { ...query, limit: PAGE, cursor: pageParam } } }));
      if (!('leads' in page)) return { leads: [], nextCursor: null };
      return { leads: page.leads, nextCursor: 'nextCursor' in page.pagination ? page.pagination.nextCursor : null };
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function Leads(): ReactNode {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/leads' });
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [isNew, setNew] = useState(false);
  const field = useRef<HTMLDivElement>(null);
  const filter = useCallback(
    (change: Partial<LeadSearch>) => {
      const next = { ...search, ...change };
      const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value));
      setPicked(new Set());
      void navigate({ search: kept, replace: true });
    },
    [navigate, search],
  );

  const [typed, setTyped] = useSearchText(
    search.q ?? '',
    useCallback((q: string) => filter({ q }), [filter]),
  );
  const visible = useMemo(() => visibleColumns(search.columns), [search.columns]);
  const open = (state: ViewState, view: string | undefined) => {
    setPicked(new Set());
    void navigate({ search: searchOf(state, view) });
  };
  useEffect(() => {
    const toSearch = (event: KeyboardEvent) => {
      if (event.key !== '/' || /INPUT|TEXTAREA|SELECT/.test((event.target as HTMLElement).tagName)) return;
      event.preventDefault();
      field.current?.querySelector('input')?.focus();
    };
    addEventListener('keydown', toSearch);
    return () => removeEventListener('keydown', toSearch);
  }, []);

  const query = queryOf(search);
  const leads = useLeads(search);
  const total = useQuery({
    queryKey: ['leads', 'count', query],
    queryFn: () => ask(tuco.GET('/api/leads/count', { params: { query } })),
    placeholderData: keepPreviousData,
  });
  const lists = useQuery(listsQuery);
  const rows = useDeferredValue(useMemo(() => leads.data?.pages.flatMap((page) => page.leads) ?? [], [leads.data]));
  const isFiltered = Object.keys(query).length > 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = leads;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const save = () =>
    void ask(tuco.GET('/api/leads/export', { params: { query }, parseAs: 'blob' }))
      .then((file) => download('leads.csv', file))
      .catch(toastError);

  return (
    <Page
      title="Leads"
      wide
      actions={
        <>
          <Button onClick={save}>Export</Button>
          <Button writes onClick={() => setNew(true)}>
            New lead
          </Button>
          <Writers>
            <Link to="/imports/new" className={buttonClass('primary')}>
              Import
            </Link>
          </Writers>
        </>
      }
    >
      <div className={views.bar}>
        <SavedViews table="leads" all="All leads" now={stateOf(search)} opened={search.view} open={open} />
        <div className={`${views.filters} ${styles.filters}`}>
          <div ref={field}>
            <TextField
              bare
              type="search"
              label="Search leads"
              placeholder="Search leads (press /)"
              value={typed}
              onText={setTyped}
            />
          </div>
          <SelectField
            bare
            label="List"
            value={search.list ?? ''}
            options={[['', 'All lists'], ...(lists.data?.lists ?? []).map(({ _id, name }) => [_id, name] as const)]}
            onPick={(list) => filter({ list })}
          />
          <SelectField
            bare
            label="Availability on iMessage"
            value={search.availability ?? ''}
            options={[
              ['', 'Any availability'],
              ['available', 'On iMessage'],
              ['unavailable', 'Not on iMessage'],
              ['error', 'Check failed'],
            ]}
            onPick={(availability) => filter({ availability })}
          />
          <SelectField
            bare
            label="Suppressed"
            value={search.suppressed ?? ''}
            options={[
              ['', 'Any suppression'],
              ['false', 'May be written to'],
              ['true', 'Suppressed'],
            ]}
            onPick={(suppressed) => filter({ suppressed })}
          />
          <TextField
            bare
            label="Custom field"
            placeholder="Custom field:value"
            value={search.field ?? ''}
            onText={(text) => filter({ field: text })}
          />
        </div>
      </div>
      {leads.error && <Failure error={leads.error} again={() => void leads.refetch()} />}
      <div className={styles.frame}>
        {leads.isPending && <Loading rows={9} />}
        {leads.data && rows.length === 0 && !leads.isFetching && (
          <Nobody isFiltered={isFiltered} clear={() => open({ filters: {}, columns: stateOf(search).columns }, undefined)} />
        )}
        {rows.length > 0 && (
          <LeadTable leads={rows} visible={visible} picked={picked} pick={setPicked} hasMore={hasNextPage} more={more} />
        )}
        <div className={styles.foot}>
          <span role="status">
            {total.data ? `${many(total.data.count, 'lead')}${total.data.countIsLowerBound ? ' or more' : ''}` : ' '}
            {isFetchingNextPage && ' · loading more …'}
          </span>
          {picked.size > 0 ? (
            <BulkActions ids={[...picked]} done={() => setPicked(new Set())} />
          ) : (
            <Menu small label="Columns" opens="above-right">
              {() => (
                <div className={menu.choices}>
                  {CHOICES.map(([id, name]) => (
                    <CheckField
                      key={id}
                      label={name}
                      checked={visible[id] !== false}
                      onCheck={(isShown) => filter({ columns: columnsInUrl({ ...visible, [id]: isShown }) })}
                    />
                  ))}
                </div>
              )}
            </Menu>
          )}
        </div>
      </div>
      {picked.size > 0 && (
        <span className={layout.hidden} role="status">
          {count(picked.size)} picked
        </span>
      )}
      {isNew && <NewLead lists={lists.data?.lists ?? []} close={() => setNew(false)} />}
    </Page>
  );
}

function Nobody({ isFiltered, clear }: { isFiltered: boolean; clear: () => void }): ReactNode {
  if (isFiltered) {
    return (
      <Empty title="Nobody fits these filters" action={<Button onClick={clear}>Clear the filters</Button>}>
        A search looks in names, companies, phones, e-mails and external ids.
      </Empty>
    );
  }
  return (
    <Empty
      title="No leads yet"
      action={
        <Writers>
          <Link to="/imports/new" className={buttonClass('primary')}>
            Import a file
          </Link>
        </Writers>
      }
    >
      Leads are the people you write to. Drop a CSV of your CRM, add one by hand, or let your CRM send them over the API.
    </Empty>
  );
}
