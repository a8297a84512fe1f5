import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../app/api';
import { overviewQuery } from '../../app/queries';
import { Writers } from '../../app/writers';
import { buttonClass } from '../../parts/button';
import { Badge, Card, Empty, layout, Page, Progress, Shown, Stat } from '../../parts/layout';
import { channelName, count, healthTone, many, nameOf } from '../../parts/words';
import { outOf, progressWords } from '../campaigns/counts';
import { Waiting } from '../campaigns/waiting';
import { Alerts } from './alerts';
import { Checklist } from './checklist';

type Overview = Schemas['Overview'];

export function Home(): ReactNode {
  const overview = useQuery(overviewQuery);
  return (
    <Page
      title="Home"
      actions={
        <>
          <Writers>
            <Link to="/imports/new" className={buttonClass()}>
              Import people
            </Link>
          </Writers>
          <Writers>
            <Link to="/campaigns" search={{ dialog: 'new' }} className={buttonClass('primary')}>
              New campaign
            </Link>
          </Writers>
        </>
      }
    >
      <Shown query={overview} rows={8}>
        {({ lines, campaigns, waiting, inbox, alerts, checklist }) => (
          <>
            {checklist && (
              <Writers>
                <Checklist {...checklist} />
              </Writers>
            )}
            <Alerts alerts={alerts} />
            <div className={layout.stats}>
              {lines && <Stat label="Sent today">{count(lines.sentToday)}</Stat>}
              {campaigns && <Stat label="Running campaigns">{count(campaigns.running)}</Stat>}
              {waiting && <Stat label="Due and waiting">{count(waiting.due)}</Stat>}
              {inbox && (
                <>
                  <Link to="/inbox" search={{ show: 'unread' }} className={layout.stat}>
                    <span className={layout.statLabel}>Unread conversations</span>
                    <span className={layout.statValue}>{atLeast(inbox.unread, inbox.isLowerBound)}</span>
                  </Link>
                  <Link to="/inbox" search={{ show: 'review' }} className={layout.stat}>
                    <span className={layout.statLabel}>Replies to review</span>
                    <span className={layout.statValue}>{atLeast(inbox.toReview, inbox.isLowerBound)}</span>
                  </Link>
                </>
              )}
            </div>
            <div className={layout.grid}>
              {campaigns && <Running {...campaigns} />}
              {lines && <LinesToday {...lines} />}
              {waiting && (
                <Card title="What waits, and why" flush>
                  <Waiting waiting={waiting} />
                </Card>
              )}
            </div>
          </>
        )}
      </Shown>
    </Page>
  );
}

/** Counting ends at a thousand. */
const atLeast = (value: number, isLowerBound: boolean): string => `${count(value)}${isLowerBound && value >= 1_000 ? '+' : ''}`;

function Running({ campaigns, running }: NonNullable<Overview['campaigns']>): ReactNode {
  return (
    <Card title="Running campaigns" flush>
      {campaigns.length === 0 ? (
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
          {campaigns.map(({ _id, name, finished, messageCounts, replies }) => (
            <Bar
              key={_id}
              name={
                <Link to="/campaigns/$id" params={{ id: _id }}>
                  {name}
                </Link>
              }
              badge={<Badge tone={finished ? 'info' : 'good'}>{finished ? 'Finished' : 'Running'}</Badge>}
              label={`Messages of ${name} that are out`}
              share={outOf(messageCounts)}
            >
              {progressWords(messageCounts)} · {many(replies, 'reply', 'replies')}
            </Bar>
          ))}
          {running > campaigns.length && (
            <div className={layout.item}>
              <Link to="/campaigns" search={{ status: 'active' }}>
                All {count(running)} running campaigns
              </Link>
            </div>
          )}
        </div>
      )}
    </Card>
  );
}

function LinesToday({ lines, count: all }: NonNullable<Overview['lines']>): ReactNode {
  return (
    <Card title="Lines today" flush>
      {lines.length === 0 ? (
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
          {lines.map((line) => {
            const { totalMessagesCount: sent, dailyLimitToday: limit } = line;
            return (
              <Bar
                key={line._id}
                name={
                  <Link to="/lines/$id" params={{ id: line._id }}>
                    {nameOf(line)}
                  </Link>
                }
                badge={
                  <span className={`${layout.row} ${layout.tiny} ${layout.muted}`}>
                    {channelName(line.channel)}
                    {line.isActive && line.healthCheck.status === 'unhealthy' && (
                      <Badge tone={healthTone.unhealthy}>Unhealthy</Badge>
                    )}
                    {!line.isActive && <Badge tone="plain">Switched off</Badge>}
                  </span>
                }
                label={`Messages of ${nameOf(line)} today`}
                share={limit === null ? null : sent / Math.max(1, limit)}
              >
                {count(sent)}
                {limit !== null && ` of ${count(limit)}`} sent ·{' '}
                {many(line.newConversationsCount, 'first touch', 'first touches')}
              </Bar>
            );
          })}
          {all > lines.length && (
            <div className={layout.item}>
              <Link to="/lines">All {count(all)} lines</Link>
            </div>
          )}
        </div>
      )}
    </Card>
  );
}

interface BarProps {
  name: ReactNode;
  badge: ReactNode;
  label: string;
  /** `null`: there is no limit to be a share of. */
  share: number | null;
  children: ReactNode;
}

/** A thing of a list, with how far it is. */
function Bar({ name, badge, label, share, children }: BarProps): ReactNode {
  return (
    <div className={layout.item}>
      <div className={`${layout.stack} ${layout.tight} ${layout.grow}`}>
        <div className={`${layout.row} ${layout.spread}`}>
          {name}
          {badge}
        </div>
        {share !== null && <Progress label={label} percent={share * 100} />}
        <div className={`${layout.tiny} ${layout.muted}`}>{children}</div>
      </div>
    </div>
  );
}
