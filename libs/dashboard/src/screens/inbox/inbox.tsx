import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { buttonClass } from '../../parts/button';
import { Badge, Empty, layout, Page, Shown } from '../../parts/layout';
import { Tabs } from '../../parts/tabs';
import { Time } from '../../parts/time';
import { plainWords } from '../../parts/words';
import { type Conversation, conversationsOf } from './conversations';
import styles from './inbox.module.css';
import { Thread } from './thread';

const route = getRouteApi('/inbox');
const SHOWN = 200;

const FILTERS = [
  ['all', 'All'],
  ['review', 'To review'],
  ['opt_out', 'Opt-outs'],
] as const;

export function Inbox(): ReactNode {
  const { show, with: chosen } = route.useSearch();
  const replies = useQuery({
    queryKey: ['replies', 'inbox', show ?? ''],
    queryFn: () => {
      const filter = show === 'review' ? { needsReview: true } : show === 'opt_out' ? { kind: 'opt_out' as const } : {};
      return ask(tuco.GET('/api/replies', { params: { query: { limit: SHOWN, ...filter } } }));
    },
  });
  return (
    <Page title="Inbox" wide>
      <Tabs label="Which conversations" to="/inbox" name="show" tabs={FILTERS} chosen={show} />
      <Shown query={replies} rows={8}>
        {({ replies: rows }) => <Conversations conversations={conversationsOf(rows)} chosen={chosen} show={show} />}
      </Shown>
    </Page>
  );
}

interface Props {
  conversations: readonly Conversation[];
  chosen: string | undefined;
  show: string | undefined;
}

function Conversations({ conversations, chosen, show }: Props): ReactNode {
  if (conversations.length === 0) {
    return show ? (
      <Empty title="Nothing here">
        {show === 'review'
          ? 'Replies that may be a wish to get no more messages wait here for you to decide.'
          : 'Who asks to get no more messages stands here, and is never written to again.'}
      </Empty>
    ) : (
      <Empty
        title="No replies yet"
        action={
          <Link to="/campaigns" className={buttonClass('primary')}>
            Go to campaigns
          </Link>
        }
      >
        What people answer, on any channel, arrives here the moment it comes in.
      </Empty>
    );
  }
  const open = conversations.find(({ key }) => key === chosen);
  // On a wide window there is always one beside the list.
  const shown = open ?? conversations[0];
  return (
    <div className={styles.inbox} data-open={open !== undefined}>
      <div className={styles.people}>
        <div className={styles.list}>
          {conversations.map((one) => (
            <Link
              key={one.key}
              to="/inbox"
              search={{ ...(show && { show }), with: one.key }}
              className={styles.person}
              aria-current={one === shown ? 'true' : undefined}
            >
              <span className={`${layout.row} ${layout.spread} ${layout.nowrap}`}>
                <span className={`${layout.strong} ${layout.clip}`}>{one.name}</span>
                <span className={`${layout.tiny} ${layout.muted}`}>
                  <Time at={one.replies[0]?.respondedAtUtc} />
                </span>
              </span>
              <span className={`${layout.small} ${layout.muted} ${layout.clip}`}>{one.replies[0]?.message}</span>
              <KindBadge conversation={one} />
            </Link>
          ))}
        </div>
      </div>
      {shown && <Thread key={shown.key} conversation={shown} show={show} />}
    </div>
  );
}

function KindBadge({ conversation: { replies, needsReview } }: { conversation: Conversation }): ReactNode {
  const kind: Schemas['Reply']['kind'] | undefined = replies[0]?.kind;
  if (needsReview)
    return (
      <span>
        <Badge tone="warn">To review</Badge>
      </span>
    );
  if (!kind || kind === 'reply' || kind === 'review') return null;
  return (
    <span>
      <Badge tone={kind === 'opt_out' ? 'bad' : 'info'}>{plainWords(kind)}</Badge>
    </span>
  );
}
