import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useCallback, useState } from 'react';
import { ask, fieldErrors, tuco } from '../../app/api';
import { linesQuery } from '../../app/queries';
import { useSession } from '../../app/session';
import { Writers } from '../../app/writers';
import { Button } from '../../parts/button';
import { CheckField, SelectField, TextField } from '../../parts/field';
import { Badge, Card, Failure, layout, Loading, Note, Page } from '../../parts/layout';
import { campaignTone, count, nameOf, plainWords } from '../../parts/words';
import { listsQuery } from '../leads/leads';
import styles from './campaigns.module.css';
import { asDraft, type Campaign, type DraftStep, isHalfTyped, savedSteps, useAutosave } from './draft';
import { LaunchDialog } from './launch';
import { CampaignPreview } from './preview';
import { Steps } from './steps';
import { Timing } from './timing';

const route = getRouteApi('/campaigns/$id/edit');
const FIELDS = [
  'firstName',
  'lastName',
  'companyName',
  'jobTitle',
  'email',
  'phone',
  'notes',
  'source',
  'line_name',
  'unsubscribe_url',
];

const SAVE_WORDS = { saving: 'Saving …', saved: 'All changes saved', failed: 'Not saved' } as const;

export const campaignQuery = (id: string) => ({
  queryKey: ['campaigns', id],
  queryFn: () => ask(tuco.GET('/api/campaigns/{id}', { params: { path: { id } } })),
});

export function Builder(): ReactNode {
  const { id } = route.useParams();
  const campaign = useQuery(campaignQuery(id));
  if (campaign.data) return <Editor key={id} saved={campaign.data} />;
  return (
    <Page title="Campaign" crumb={<Link to="/campaigns">Campaigns</Link>}>
      {campaign.isPending ? <Loading /> : <Failure error={campaign.error} again={() => void campaign.refetch()} />}
    </Page>
  );
}

function Editor({ saved }: { saved: Campaign & { warnings?: unknown } }): ReactNode {
  const { isAdmin, canWrite } = useSession();
  const queries = useQueryClient();
  const [campaign, setCampaign] = useState<Campaign>(saved);
  const [name, setName] = useState(saved.name);
  const [steps, setSteps] = useState<DraftStep[]>(saved.steps.map(asDraft));
  const [settings, setSettings] = useState(saved.settings);
  const [warnings, setWarnings] = useState(warningsOf(saved));
  const [custom, setCustom] = useState<readonly string[]>([]);
  const [isLaunching, setLaunching] = useState(false);
  const lists = useQuery(listsQuery);
  const lines = useQuery(linesQuery);
  const taken = (next: Campaign) => {
    setCampaign(next);
    setWarnings(warningsOf(next));
    // Steps that were new have ids now, by which they are changed the next time.
    setSteps((current) => withIds(current, next));
    queries.setQueryData(['campaigns', next._id], (old: object | undefined) => ({ ...old, ...next }));
  };
  const { state, change, flush } = useAutosave(saved._id, taken);
  const errors = state.kind === 'failed' ? fieldErrors(state.error) : {};
  const changeSteps = (next: DraftStep[]) => {
    setSteps(next);
    if (!next.some(isHalfTyped)) change({ steps: savedSteps(next) });
  };
  const found = useCallback((fields: readonly string[]) => setCustom(fields), []);
  const usable = (lines.data?.lines ?? []).filter(({ channel }) => channel === campaign.channel);
  const hasSteps = savedSteps(steps).length > 0;
  const isTyping = steps.some(isHalfTyped);
  const isDraft = campaign.status === 'draft';

  return (
    <Page
      title={name || 'Campaign'}
      crumb={
        <>
          <Link to="/campaigns">Campaigns</Link>
          {!isDraft && (
            <>
              {' / '}
              <Link to="/campaigns/$id" params={{ id: saved._id }}>
                {saved.name}
              </Link>
            </>
          )}
        </>
      }
      badge={
        <Badge tone={campaignTone[campaign.status]}>
          {plainWords(campaign.status === 'active' ? 'running' : campaign.status)}
        </Badge>
      }
      actions={
        <Writers>
          <span className={`${layout.small} ${layout.muted}`} role="status">
            {isTyping ? 'Not saved: a brace is open' : SAVE_WORDS[state.kind]}
          </span>
          {isDraft && (
            <Button
              kind="primary"
              disabled={!hasSteps || isTyping || !isAdmin}
              title={isAdmin ? undefined : 'Only administrators launch'}
              onClick={() => void flush().then(() => setLaunching(true))}
            >
              Launch …
            </Button>
          )}
        </Writers>
      }
    >
      {!canWrite && <Note tone="info">You may look at this campaign. Members and administrators change it.</Note>}
      {state.kind === 'failed' && <Failure error={state.error} again={() => void flush()} />}
      <div className={layout.split}>
        <fieldset className={`${layout.stack} ${layout.loose} ${layout.fields}`} disabled={!canWrite}>
          <Card title="Campaign">
            <div className={styles.pair}>
              <TextField
                label="Name"
                value={name}
                error={errors.name}
                onText={(text) => {
                  setName(text);
                  if (text.trim()) change({ name: text });
                }}
              />
              <SelectField
                label="List"
                value={campaign.listId}
                disabled={!isDraft}
                options={(lists.data?.lists ?? []).map((list) => [list._id, `${list.name} (${count(list.leadCount)})`] as const)}
                onPick={(listId) => {
                  setCampaign({ ...campaign, listId });
                  change({ listId });
                }}
              />
            </div>
          </Card>
          <Steps
            steps={steps}
            channel={campaign.channel}
            fallback={settings.fallbackChannels}
            fields={[...FIELDS, ...custom]}
            errors={errors}
            warnings={warnings}
            change={changeSteps}
          />
        </fieldset>
        <div className={`${layout.stack} ${layout.loose}`}>
          <CampaignPreview
            campaignId={saved._id}
            listId={campaign.listId}
            version={campaign.updatedAt}
            hasSteps={hasSteps}
            hasMail={steps.some(({ channel }) => (channel ?? campaign.channel) === 'email')}
            fieldsFound={found}
          />
          <fieldset className={`${layout.stack} ${layout.loose} ${layout.fields}`} disabled={!canWrite}>
            <Timing
              settings={settings}
              channel={campaign.channel}
              change={(next) => {
                const fallback = next.fallback && { fallbackChannels: channelsOf(next.fallback) };
                setSettings({ ...settings, ...next, ...fallback });
                // The others stay as they are.
                change({ settings: next });
              }}
            />
            <Card title="Lines">
              {lines.data && usable.length === 0 && (
                <p className={layout.muted}>
                  No line sends on this channel yet.{' '}
                  <Writers>
                    <Link to="/lines">Add one</Link>
                  </Writers>
                </p>
              )}
              {usable.length > 0 && (
                <p className={`${layout.small} ${layout.muted}`}>With none chosen, all lines of the channel send.</p>
              )}
              {usable.map((line) => (
                <CheckField
                  key={line._id}
                  label={`${nameOf(line)} ${line.phone ?? line.email ?? ''}`}
                  checked={campaign.lineIds.includes(line._id)}
                  onCheck={(isChosen) => {
                    const lineIds = isChosen
                      ? [...campaign.lineIds, line._id]
                      : campaign.lineIds.filter((one) => one !== line._id);
                    setCampaign({ ...campaign, lineIds });
                    change({ lineIds });
                  }}
                />
              ))}
            </Card>
          </fieldset>
        </div>
      </div>
      {isLaunching && (
        <LaunchDialog
          campaign={campaign}
          list={lists.data?.lists.find(({ _id }) => _id === campaign.listId)}
          warnings={warnings}
          close={() => setLaunching(false)}
        />
      )}
    </Page>
  );
}

const channelsOf = ({ sms, email }: { sms: boolean; email: boolean }): string[] => [
  ...(sms ? ['sms'] : []),
  ...(email ? ['email'] : []),
];

const warningsOf = (campaign: object) =>
  'warnings' in campaign ? (campaign.warnings as Parameters<typeof Steps>[0]['warnings']) : [];

/** Steps are saved in their order: the nth with a text is the nth that was saved. */
function withIds(current: readonly DraftStep[], { steps }: Campaign): DraftStep[] {
  let at = 0;
  return current.map((step) => {
    if (step.template.trim() === '') return step;
    const saved = steps[at];
    at += 1;
    return saved && !step._id ? { ...step, _id: saved._id } : step;
  });
}
