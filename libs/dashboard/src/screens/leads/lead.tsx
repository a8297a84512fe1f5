import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, download, type Schemas, tuco } from '../../app/api';
import { Writers } from '../../app/writers';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { Badge, Card, Failure, layout, Loading, Page } from '../../parts/layout';
import { Time } from '../../parts/time';
import { toast, toastError } from '../../parts/toasts';
import { availabilityTone, channelName, nameOf, plainWords } from '../../parts/words';
import { Composer } from '../inbox/composer';
import { Editable } from './editable';
import { LeadHistory } from './history';
import { listsQuery } from './leads';

const route = getRouteApi('/leads/$id');
type Lead = Schemas['Lead'];

const PROFILE = [
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['companyName', 'Company'],
  ['jobTitle', 'Job title'],
  ['linkedinUrl', 'LinkedIn'],
  ['source', 'Source'],
  ['externalId', 'External id'],
  ['notes', 'Notes'],
] as const;

const CONTACTS = [
  ['phone', 'Phone'],
  ['altPhone1', 'Phone 2'],
  ['altPhone2', 'Phone 3'],
  ['altPhone3', 'Phone 4'],
  ['email', 'E-mail'],
  ['altEmail1', 'E-mail 2'],
  ['altEmail2', 'E-mail 3'],
  ['altEmail3', 'E-mail 4'],
] as const;

export function LeadPage(): ReactNode {
  const { id } = route.useParams();
  const lead = useQuery({
    queryKey: ['leads', id],
    queryFn: () => ask(tuco.GET('/api/leads/{id}', { params: { path: { id } } })),
  });
  if (!lead.data) {
    return (
      <Page title="Lead" crumb={<Link to="/leads">Leads</Link>}>
        {lead.isPending ? <Loading /> : <Failure error={lead.error} again={() => void lead.refetch()} />}
      </Page>
    );
  }
  return <Person lead={lead.data} suppressions={lead.data.suppressions} />;
}

function Person({ lead, suppressions }: { lead: Lead; suppressions: Schemas['SuppressionOfLead'][] }): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asks, setAsks] = useState<'delete' | 'erase' | null>(null);
  const params = { path: { id: lead._id } };
  const lists = useQuery(listsQuery);
  const change = async (body: Schemas['ChangeLeadRequest']) => {
    const changed = await ask(tuco.PATCH('/api/leads/{id}', { params, body }));
    for (const { message } of changed.warnings ?? []) toast(message);
    await queries.invalidateQueries({ queryKey: ['leads'] });
  };
  const check = useMutation({
    mutationFn: () => ask(tuco.GET('/api/leads/check-availability', { params: { query: { id: lead._id, refresh: true } } })),
    onSuccess: ({ status, reason }) => toast(`${plainWords(status)} on iMessage${reason ? `: ${reason}` : ''}.`),
    onError: toastError,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['leads'] }),
  });
  const save = () =>
    void ask(tuco.GET('/api/leads/{id}/export', { params, parseAs: 'blob' }))
      .then((file) => download(`lead-${lead._id}.json`, file))
      .catch(toastError);
  const remove = async (erase: boolean) => {
    await ask(tuco.DELETE('/api/leads/{id}', { params: { ...params, query: erase ? { erase } : {} } }));
    toast(erase ? 'Being erased; it takes a moment.' : 'Lead deleted.');
    await navigate({ to: '/leads' });
    await queries.invalidateQueries({ queryKey: ['leads'] });
  };
  const inLists = (lists.data?.lists ?? []).filter(({ _id }) => lead.listIds.includes(_id));
  const custom = Object.entries(lead.customFields);
  const usedContacts = CONTACTS.filter(([field]) => lead[field] || field === 'phone' || field === 'email');

  return (
    <Page
      title={nameOf(lead)}
      crumb={<Link to="/leads">Leads</Link>}
      badge={
        <>
          {suppressions.length > 0 && <Badge tone="bad">Suppressed</Badge>}
          {lead.availabilityStatus && (
            <Badge tone={availabilityTone[lead.availabilityStatus]}>
              {lead.availabilityStatus === 'available'
                ? 'On iMessage'
                : lead.availabilityStatus === 'unavailable'
                  ? 'Not on iMessage'
                  : 'Check failed'}
            </Badge>
          )}
        </>
      }
      lead={[lead.jobTitle, lead.companyName].filter(Boolean).join(' at ') || undefined}
      actions={
        <>
          <Button writes busy={check.isPending} onClick={() => check.mutate()}>
            Check iMessage
          </Button>
          <Button onClick={save}>Export</Button>
          <Button writes kind="danger" onClick={() => setAsks('delete')}>
            Delete
          </Button>
        </>
      }
    >
      <div className={layout.split}>
        <div className={`${layout.stack} ${layout.loose}`}>
          <Writers>
            <Card title="Write to this person">
              <Composer
                name={lead.firstName ?? nameOf(lead)}
                send={async (message) => {
                  const { warnings } = await ask(tuco.POST('/api/messages', { body: { leadId: lead._id, message } }));
                  return warnings;
                }}
              />
            </Card>
          </Writers>
          <Card title="History" flush>
            <LeadHistory lead={lead} />
          </Card>
        </div>
        <div className={`${layout.stack} ${layout.loose}`}>
          <Card title="Contacts">
            <dl className={layout.facts}>
              {usedContacts.map(([field, label]) => (
                <Pair key={field} label={label}>
                  <Editable label={label} value={lead[field]} save={(text) => change({ [field]: text || null })} />
                  {lead.original[field] && lead.original[field] !== lead[field] && (
                    <span className={`${layout.tiny} ${layout.muted}`}>given as {lead.original[field]}</span>
                  )}
                </Pair>
              ))}
            </dl>
          </Card>
          <Card title="Profile">
            <dl className={layout.facts}>
              {PROFILE.map(([field, label]) => (
                <Pair key={field} label={label}>
                  <Editable label={label} value={lead[field]} save={(text) => change({ [field]: text || null })} />
                </Pair>
              ))}
              <Pair label="Lists">
                {inLists.length === 0 && '–'}
                {inLists.map(({ _id, name }, index) => (
                  <span key={_id}>
                    {index > 0 && ', '}
                    <Link to="/leads" search={{ list: _id }}>
                      {name}
                    </Link>
                  </span>
                ))}
              </Pair>
              <Pair label="Added">
                <Time at={lead.createdAt} />
              </Pair>
              {lead.availabilityCheckedAt && (
                <Pair label="Checked">
                  <Time at={lead.availabilityCheckedAt} />
                </Pair>
              )}
            </dl>
          </Card>
          {custom.length > 0 && (
            <Card title="Custom fields">
              <dl className={layout.facts}>
                {custom.map(([key, value]) => (
                  <Pair key={key} label={key}>
                    <Editable
                      label={key}
                      value={textOf(value)}
                      save={(text) => change({ customFields: { [key]: text || null } })}
                    />
                  </Pair>
                ))}
              </dl>
            </Card>
          )}
          <Card title="Suppressions" flush>
            {suppressions.length === 0 ? (
              <p className={`${layout.item} ${layout.small} ${layout.muted}`}>None: this person may be written to.</p>
            ) : (
              <ul className={layout.list}>
                {suppressions.map((one) => (
                  <li key={one._id} className={layout.item}>
                    <span className={layout.grow}>
                      {one.address ?? one.domain}
                      <span className={`${layout.tiny} ${layout.muted}`}>
                        {' '}
                        {channelName(one.channel)} · {plainWords(one.reason)}
                      </span>
                    </span>
                    <Time at={one.createdAt} />
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </div>
      </div>
      {asks && (
        <Dialog
          title={`Delete ${nameOf(lead)}?`}
          submit={asks === 'erase' ? 'Erase all data' : 'Delete lead'}
          danger
          close={() => setAsks(null)}
          onSubmit={() => remove(asks === 'erase')}
        >
          <p>
            {asks === 'delete'
              ? 'The lead leaves its lists and campaigns, and what is planned is cancelled. The history of messages stays.'
              : 'Everything that is held about this person is erased, also in messages, replies and the event feed. That they must not be written to is kept, in a form that names nobody.'}
          </p>
          <label className={layout.row}>
            <input
              type="checkbox"
              checked={asks === 'erase'}
              onChange={({ target }) => setAsks(target.checked ? 'erase' : 'delete')}
            />
            Erase all data about this person (GDPR)
          </label>
        </Dialog>
      )}
    </Page>
  );
}

/** Custom fields are texts, numbers, flags, or lists of them. */
const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

export function Pair({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
