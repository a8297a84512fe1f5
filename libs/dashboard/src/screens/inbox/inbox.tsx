import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { buttonClass } from '../../parts/button';
import { useFirst } from '../../parts/first';
import { Badge, Empty, layout, Page, Shown } from '../../parts/layout';
import { Tabs } from '../../parts/tabs';
import { Time } from '../../parts/time';
import { count, plainWords } from '../../parts/words';
import { type Conversation, conversationsQuery, inOrder, nameOf } from './conversations';
import styles from './inbox.module.css';
import { Thread } from './thread';

const route = getRouteApi('/inbox');

const FILTERS = [
  ['all', 'All'],
  ['unread', 'Unread'],
  ['review', 'To review'],
] as const;

const NOTHING: Readonly<Record<string, string>> = {
  unread: 'You have read everything that people wrote.',
  review: 'Replies that may be a wish to get no more messages wait here for you to decide.',
};

export function Inbox(): ReactNode {
  const { show, with: chosen } = route.useSearch();
  const conversations = useQuery(conversationsQuery(show));
  return (
    <Page title="Inbox" wide>
      <Tabs label="Which conversations" to="/inbox" name="show" tabs={FILTERS} chosen={show} />
      <Shown query={conversations} rows={8}>
        {({ conversations: rows }) => <Conversations key={show} conversations={inOrder(rows)} chosen={chosen} show={show} />}
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
  const first = useFirst(conversations[0]?._id);
  // One that is open stays, also when it is read and so leaves the list.
  if (conversations.length === 0 && chosen === undefined) {
    return show && show !== 'all' ? (
      <Empty title="Nothing here">{NOTHING[show]}</Empty>
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
  // On a wide window there is always one beside the list. It stays when others come before it: somebody may
  // be answering.
  const shown = chosen ?? first;
  return (
    <div className={styles.inbox} data-open={chosen !== undefined}>
      <div className={styles.people}>
        <div className={styles.list}>
          {conversations.map((one) => (
            <Person key={one._id} conversation={one} isShown={one._id === shown} show={show} />
          ))}
        </div>
      </div>
      {shown && <Thread key={shown} id={shown} isChosen={chosen !== undefined} show={show} />}
    </div>
  );
}

function Person({
  conversation,
  isShown,
  show,
}: {
  conversation: Conversation;
  isShown: boolean;
  show: string | undefined;
}): ReactNode {
  const { _id, unread, lastReply } = conversation;
  return (
    <Link
      to="/inbox"
      search={{ ...(show && { show }), with: _id }}
      className={styles.person}
      aria-current={isShown ? 'true' : undefined}
    >
      <span className={`${layout.row} ${layout.spread} ${layout.nowrap}`}>
        <span className={`${layout.strong} ${layout.clip}`}>{nameOf(conversation)}</span>
        <span className={`${layout.tiny} ${layout.muted}`}>
          <Time at={lastReply.respondedAtUtc} />
        </span>
      </span>
      <span className={`${layout.row} ${layout.spread} ${layout.nowrap}`}>
        <span className={`${layout.small} ${layout.clip} ${unread > 0 ? layout.strong : layout.muted}`}>{lastReply.message}</span>
        {unread > 0 && <Badge tone="info">{count(unread)} new</Badge>}
      </span>
      <KindBadge conversation={conversation} />
    </Link>
  );
}

function KindBadge({ conversation: { lastReply, needsReview } }: { conversation: Conversation }): ReactNode {
  const { kind } = lastReply;
  if (needsReview)
    return (
      <span>
        <Badge tone="warn">To review</Badge>
      </span>
    );
  if (kind === 'reply' || kind === 'review') return null;
  return (
    <span>
      <Badge tone={kind === 'opt_out' ? 'bad' : 'info'}>{plainWords(kind)}</Badge>
    </span>
  );
}
