import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, tuco } from '../../app/api';
import { reviewCountQuery, totalOf } from '../../app/navigation';
import { campaignsQuery, leadCountQuery, linesQuery } from '../../app/queries';
import { buttonClass } from '../../parts/button';
import { Badge, Card, Empty, layout, Page, Progress, Shown, Stat } from '../../parts/layout';
import { Time } from '../../parts/time';
import { campaignTone, channelName, count, healthTone, many, nameOf, sentence } from '../../parts/words';
import { outOf, sentOf, totalOfCounts } from '../campaigns/counts';
import { Alerts } from './alerts';
import { Checklist } from './checklist';

const RUNNING_SHOWN = 5;

export function Home(): ReactNode {
  const campaigns = useQuery(campaignsQuery);
  const lines = useQuery(linesQuery);
  const leads = useQuery(leadCountQuery);
  const toReview = useQuery(reviewCountQuery);
  const all = campaigns.data?.campaigns ?? [];
  const running = all.filter(({ status }) => status === 'active');
  const sentToday = lines.data?.lines.reduce((sum, { usage }) => sum + usage.totalMessagesCount, 0);
  const isNew = campaigns.data && leads.data && lines.data && all.every(({ launchedAt }) => launchedAt === null);

  return (
    <Page
      title="Home"
      actions={
        <>
          <Link to="/imports/new" className={buttonClass()}>
            Import people
          </Link>
          <Link to="/campaigns" search={{ dialog: 'new' }} className={buttonClass('primary')}>
            New campaign
          </Link>
        </>
      }
    >
      {isNew && <Checklist leads={leads.data.count} lines={lines.data.lines.length} campaigns={all} />}
      <Alerts />
      <div className={layout.stats}>
        <Stat label="Sent today">{sentToday === undefined ? '–' : count(sentToday)}</Stat>
        <Stat label="Running campaigns">{campaigns.data ? count(running.length) : '–'}</Stat>
        <Stat label="Leads">{leads.data ? `${count(leads.data.count)}${leads.data.countIsLowerBound ? '+' : ''}` : '–'}</Stat>
        <Link to="/inbox" search={{ show: 'review' }} className={layout.stat}>
          <span className={layout.statLabel}>Replies to review</span>
          <span className={layout.statValue}>{toReview.data ? count(totalOf(toReview.data.pagination)) : '–'}</span>
        </Link>
      </div>
      <div className={layout.grid}>
        <Card title="Running campaigns" flush>
          <Shown query={campaigns}>
            {() =>
              running.length === 0 ? (
                <Empty
                  title="No campaign is running"
                  action={
                    <Link to="/campaigns" className={buttonClass()}>
                      Go to campaigns
                    </Link>
                  }
                >
                  A campaign writes to the people of a list, step by step, and stops for whoever answers.
                </Empty>
              ) : (
                <div className={layout.list}>
                  {running.slice(0, RUNNING_SHOWN).map((campaign) => (
                    <div key={campaign._id} className={layout.item}>
                      <div className={`${layout.stack} ${layout.tight} ${layout.grow}`}>
                        <div className={`${layout.row} ${layout.spread}`}>
                          <Link to="/campaigns/$id" params={{ id: campaign._id }}>
                            {campaign.name}
                          </Link>
                          <Badge tone={campaign.finished ? 'info' : campaignTone[campaign.status]}>
                            {campaign.finished ? 'Finished' : 'Running'}
                          </Badge>
                        </div>
                        <Progress
                          label={`Messages of ${campaign.name} that are out`}
                          percent={outOf(campaign.messageCounts) * 100}
                        />
                        <div className={`${layout.tiny} ${layout.muted}`}>
                          {count(sentOf(campaign.messageCounts))} of {many(totalOfCounts(campaign.messageCounts), 'message')} sent
                          · {many(campaign.replies, 'reply', 'replies')}
                        </div>
                      </div>
                    </div>
                  ))}
                </div>
              )
            }
          </Shown>
        </Card>
        <Card title="Lines today" flush>
          <Shown query={lines}>
            {({ lines: rows }) =>
              rows.length === 0 ? (
                <Empty
                  title="No line yet"
                  action={
                    <Link to="/lines" className={buttonClass()}>
                      Add a line
                    </Link>
                  }
                >
                  A line is a number or an address that messages are sent from.
                </Empty>
              ) : (
                <div className={layout.list}>
                  {rows.map((line) => (
                    <div key={line._id} className={layout.item}>
                      <div className={`${layout.stack} ${layout.tight} ${layout.grow}`}>
                        <div className={`${layout.row} ${layout.spread}`}>
                          <Link to="/lines/$id" params={{ id: line._id }}>
                            {nameOf(line)}
                          </Link>
                          <span className={`${layout.tiny} ${layout.muted}`}>
                            {channelName(line.channel)}
                            {line.healthCheck.status === 'unhealthy' && <Badge tone={healthTone.unhealthy}>Unhealthy</Badge>}
                          </span>
                        </div>
                        {line.dailyTotalMessagesLimit !== null && (
                          <Progress
                            label={`Messages of ${nameOf(line)} today`}
                            percent={(line.usage.totalMessagesCount / Math.max(1, line.dailyTotalMessagesLimit)) * 100}
                          />
                        )}
                        <div className={`${layout.tiny} ${layout.muted}`}>
                          {count(line.usage.totalMessagesCount)}
                          {line.dailyTotalMessagesLimit !== null && ` of ${count(line.dailyTotalMessagesLimit)}`} sent ·{' '}
                          {many(line.usage.newConversationsCount, 'first touch', 'first touches')}
                        </div>
                      </div>
                    </div>
                  ))}
                </div>
              )
            }
          </Shown>
        </Card>
        <Waiting ids={running.filter(({ finished }) => !finished).map(({ _id }) => _id)} />
      </div>
    </Page>
  );
}

/** What is due in the running campaigns and waits, with the reason. */
function Waiting({ ids }: { ids: readonly string[] }): ReactNode {
  const reports = useQueries({
    queries: ids.slice(0, RUNNING_SHOWN).map((id) => ({
      queryKey: ['campaigns', id, 'report'],
      queryFn: () => ask(tuco.GET('/api/campaigns/{id}/report', { params: { path: { id } } })),
    })),
  });
  const byReason = new Map<string, { words: string; total: number; until: string | null }>();
  for (const reason of reports.flatMap(({ data }) => data?.waiting.reasons ?? [])) {
    const known = byReason.get(reason.reason);
    byReason.set(reason.reason, {
      words: reason.words,
      total: (known?.total ?? 0) + reason.count,
      until: [known?.until, reason.until].filter((at) => typeof at === 'string').sort()[0] ?? null,
    });
  }
  const notDue = reports.reduce((sum, { data }) => sum + (data?.waiting.notDue ?? 0), 0);
  return (
    <Card title="What waits, and why" flush>
      {byReason.size === 0 && notDue === 0 ? (
        <Empty title="Nothing waits">When a message is due and cannot go out yet, the reason stands here.</Empty>
      ) : (
        <div className={layout.list}>
          {[...byReason].map(([reason, { words, total, until }]) => (
            <div key={reason} className={layout.item}>
              <span className={layout.grow}>
                {sentence(words)}
                {until && (
                  <span className={layout.muted}>
                    , until <Time at={until} />
                  </span>
                )}
              </span>
              <span className={layout.strong}>{count(total)}</span>
            </div>
          ))}
          {notDue > 0 && (
            <div className={layout.item}>
              <span className={layout.grow}>Not due yet: the wait of their step is not over</span>
              <span className={layout.strong}>{count(notDue)}</span>
            </div>
          )}
        </div>
      )}
    </Card>
  );
}
