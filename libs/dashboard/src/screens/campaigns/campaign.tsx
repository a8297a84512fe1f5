import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, REREAD_MS, type Schemas, tuco } from '../../app/api';
import { useSession } from '../../app/session';
import { Writers } from '../../app/writers';
import { Button, buttonClass } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { Badge, Card, Failure, layout, Loading, Page, Progress, Shown, Stat } from '../../parts/layout';
import { Time } from '../../parts/time';
import { toast, toastError } from '../../parts/toasts';
import { campaignTone, channelName, count, many, percent, plainWords } from '../../parts/words';
import { campaignQuery } from './builder';
import { outOf, progressWords } from './counts';
import { DailyChart } from './daily-chart';
import { Enrollments } from './enrollments';
import { Funnel } from './funnel';
import { UnknownOutcomes } from './unknown-outcomes';
import { Waiting } from './waiting';

const route = getRouteApi('/campaigns/$id');
const POLL_MS = 5_000;

export function CampaignPage(): ReactNode {
  const { id } = route.useParams();
  const isRunning = (campaign: Schemas['Campaign'] | undefined) => campaign?.status === 'active' && !campaign.finished;
  const campaign = useQuery({
    ...campaignQuery(id),
    refetchInterval: ({ state }) => (isRunning(state.data) ? POLL_MS : REREAD_MS),
  });
  const report = useQuery({
    queryKey: ['campaigns', id, 'report'],
    queryFn: () => ask(tuco.GET('/api/campaigns/{id}/report', { params: { path: { id } } })),
    refetchInterval: isRunning(campaign.data) ? POLL_MS : REREAD_MS,
  });
  if (!campaign.data) {
    return (
      <Page title="Campaign" crumb={<Link to="/campaigns">Campaigns</Link>}>
        {campaign.isPending ? <Loading /> : <Failure error={campaign.error} again={() => void campaign.refetch()} />}
      </Page>
    );
  }
  if (campaign.data.status === 'draft') return <Navigate to="/campaigns/$id/edit" params={{ id }} replace />;
  return <Running campaign={campaign.data} report={report} />;
}

interface RunningProps {
  campaign: Schemas['Campaign'];
  report: { data: Schemas['CampaignReport'] | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
}

function Running({ campaign, report }: RunningProps): ReactNode {
  const { isAdmin } = useSession();
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const params = { path: { id: campaign._id } };
  const again = () => queries.invalidateQueries({ queryKey: ['campaigns'] });
  const turn = useMutation({
    mutationFn: (to: 'pause' | 'resume') =>
      to === 'pause'
        ? ask(tuco.POST('/api/campaigns/{id}/pause', { params }))
        : ask(tuco.POST('/api/campaigns/{id}/resume', { params })),
    onError: toastError,
    onSettled: again,
  });
  const archive = async () => {
    await ask(tuco.POST('/api/campaigns/{id}/archive', { params }));
    toast(`${campaign.name} is archived.`);
    await again();
  };
  const { messageCounts: counts, enrolling } = campaign;
  const planned = counts.scheduled + counts.queued;
  const isEnrolling = enrolling && ['queued', 'running', 'waiting_for_quota'].includes(enrolling.state);
  return (
    <Page
      title={campaign.name}
      crumb={<Link to="/campaigns">Campaigns</Link>}
      badge={
        <Badge tone={campaign.finished ? 'info' : campaignTone[campaign.status]}>
          {campaign.finished ? 'Finished' : plainWords(campaign.status === 'active' ? 'running' : campaign.status)}
        </Badge>
      }
      lead={
        <>
          {channelName(campaign.channel)} · {many(campaign.steps.length, 'step')} · launched <Time at={campaign.launchedAt} />
          {report.data?.expectedLastAt && !campaign.finished && (
            <>
              {' '}
              · last message expected <Time at={report.data.expectedLastAt} />
            </>
          )}
        </>
      }
      actions={
        campaign.status !== 'archived' && (
          <>
            <Writers>
              <Link to="/campaigns/$id/edit" params={{ id: campaign._id }} className={buttonClass()}>
                Edit
              </Link>
            </Writers>
            {campaign.status === 'active' && (
              <Button writes busy={turn.isPending} onClick={() => turn.mutate('pause')}>
                Pause
              </Button>
            )}
            {campaign.status === 'paused' && (
              <Button writes kind="primary" disabled={!isAdmin} busy={turn.isPending} onClick={() => turn.mutate('resume')}>
                Resume
              </Button>
            )}
            <Button writes kind="danger" onClick={() => setAsks(true)}>
              Archive
            </Button>
          </>
        )
      }
    >
      {isEnrolling && (
        <Card title="Bringing the list in">
          <Progress
            label="Leads that are enrolled"
            percent={
              ((enrolling.enrolled + enrolling.alreadyInCampaign + enrolling.suppressed + enrolling.noAddress) /
                Math.max(1, enrolling.total)) *
              100
            }
          />
          <p className={`${layout.small} ${layout.muted}`}>
            {count(enrolling.enrolled)} of {many(enrolling.total, 'lead')} enrolled
          </p>
        </Card>
      )}
      <UnknownOutcomes campaignId={campaign._id} />
      <div className={layout.stats}>
        <Stat label="Sent">{count(counts.sent + counts.delivered)}</Stat>
        <Stat label="Delivered">{count(counts.delivered)}</Stat>
        <Stat label="Planned">{count(planned)}</Stat>
        <Stat label="Replies">{count(campaign.replies)}</Stat>
        <Stat label="Reply rate">{report.data ? percent(report.data.replyRate) : '–'}</Stat>
        <Stat label="Opt-outs">{report.data ? count(report.data.optOuts) : '–'}</Stat>
        <Stat label="Failed">{count(counts.failed)}</Stat>
      </div>
      <div>
        <Progress percent={outOf(counts) * 100} label="Messages that nothing more becomes of" />
        <p className={`${layout.small} ${layout.muted}`}>{progressWords(counts)}</p>
      </div>
      <Shown query={report}>
        {(data) => (
          <>
            <div className={layout.grid}>
              <Card title="By step">
                <Funnel steps={data.steps} />
              </Card>
              <Card title="By day">
                {data.daily.length === 0 ? (
                  <p className={layout.muted}>The first day stands here once something went out.</p>
                ) : (
                  <DailyChart days={data.daily} />
                )}
              </Card>
            </div>
            <Card title="What waits, and why" flush>
              <Waiting waiting={data.waiting} />
            </Card>
          </>
        )}
      </Shown>
      <Enrollments campaign={campaign} />
      {asks && (
        <Dialog
          title={`Archive ${campaign.name}?`}
          submit="Archive for good"
          danger
          close={() => setAsks(false)}
          onSubmit={archive}
        >
          <p>
            {many(planned, 'planned message')} will be cancelled. What went out, and what was answered, stays in the history. An
            archived campaign cannot be resumed.
          </p>
        </Dialog>
      )}
    </Page>
  );
}
