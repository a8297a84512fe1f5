import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { useSession } from '../../app/session';
import { Writers } from '../../app/writers';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { Failure, layout, Loading, Note } from '../../parts/layout';
import { FILES_EVERY_MS, ReplyFiles, someAreFetched, wordsOf } from '../../parts/reply-files';
import { Time } from '../../parts/time';
import { toast, toastError } from '../../parts/toasts';
import { channelName, noTextYet, plainWords } from '../../parts/words';
import { Composer } from './composer';
import { type Conversation, type Entry, nameOf, partOf, type Thread as Part } from './conversations';
import styles from './inbox.module.css';

interface Props {
  id: string;
  /** Somebody opened it; else it is only beside the list. */
  isChosen: boolean;
  show: string | undefined;
}

export function Thread({ id, isChosen, show }: Props): ReactNode {
  const thread = useInfiniteQuery({
    queryKey: ['conversations', id],
    queryFn: ({ pageParam }) => partOf(id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
    refetchInterval: ({ state }) => (hasComingFile(state.data?.pages ?? []) ? FILES_EVERY_MS : false),
  });
  const parts = thread.data?.pages ?? [];
  const newest = parts[0];
  useRead(newest?.conversation, isChosen);
  if (!newest) {
    return (
      <section className={styles.thread}>
        {thread.error ? <Failure error={thread.error} again={() => void thread.refetch()} /> : <Loading />}
      </section>
    );
  }
  const { conversation } = newest;
  return (
    <section className={styles.thread} aria-label={`Conversation with ${nameOf(conversation)}`}>
      <Head conversation={conversation} show={show} />
      <Waiting parts={parts} />
      <div className={styles.words} tabIndex={0} role="log" aria-label="Messages">
        {newest.notSent.map((message) => (
          <Ours key={message._id} message={message} at={message.createdAt} />
        ))}
        {parts
          .flatMap(({ entries }) => entries)
          .map((entry) => (
            <Said key={entry.reply?.messageId ?? entry.message?._id} entry={entry} />
          ))}
        {thread.hasNextPage && (
          <Button small busy={thread.isFetchingNextPage} onClick={() => void thread.fetchNextPage()}>
            Show what was before
          </Button>
        )}
      </div>
      <Writers>
        <div className={styles.answer}>
          <Composer
            name={nameOf(conversation)}
            send={(message) =>
              ask(tuco.POST('/api/conversations/{id}/messages', { params: { path: { id } }, body: { message } })).then(() => [])
            }
          />
        </div>
      </Writers>
    </section>
  );
}

const hasComingFile = (parts: readonly Part[]): boolean =>
  parts.some(({ entries }) => entries.some(({ reply }) => reply !== null && someAreFetched(reply.files)));

/** Whoever opens a conversation has read it. */
function useRead(conversation: Conversation | undefined, isChosen: boolean): void {
  const queries = useQueryClient();
  const id = conversation?._id;
  const isUnread = (conversation?.unread ?? 0) > 0;
  const { canWrite } = useSession();
  useEffect(() => {
    if (!id || !isUnread || !isChosen || !canWrite) return;
    ask(tuco.PATCH('/api/conversations/{id}', { params: { path: { id } }, body: { read: true } }))
      .then(() => queries.invalidateQueries({ queryKey: ['conversations'] }))
      .catch(toastError);
  }, [id, isUnread, isChosen, canWrite, queries]);
}

function Head({ conversation, show }: { conversation: Conversation; show: string | undefined }): ReactNode {
  const { leadId, lastReply } = conversation;
  const [asks, setAsks] = useState(false);
  const name = nameOf(conversation);
  return (
    <div className={styles.threadHead}>
      <span className={layout.row}>
        <Link to="/inbox" search={show ? { show } : {}} className={styles.back}>
          ← All
        </Link>
        <h2>
          {leadId ? (
            <Link to="/leads/$id" params={{ id: leadId }}>
              {name}
            </Link>
          ) : (
            name
          )}
        </h2>
      </span>
      <Button writes small kind="danger" onClick={() => setAsks(true)}>
        Suppress …
      </Button>
      {asks && <Suppress reply={lastReply} name={name} close={() => setAsks(false)} />}
    </div>
  );
}

/** What may be an opt-out, and waits for somebody to decide. */
function Waiting({ parts }: { parts: readonly Part[] }): ReactNode {
  const replies = parts.flatMap(({ entries }) => entries.flatMap(({ reply }) => reply ?? []));
  const waiting = replies.find(({ kind, reviewedAs }) => kind === 'review' && reviewedAs === null);
  return waiting ? <Review reply={waiting} /> : null;
}

function Said({ entry: { reply, message, at } }: { entry: Entry }): ReactNode {
  if (message) return <Ours message={message} at={at} />;
  return (
    <div className={`${styles.entry} ${styles.theirs}`}>
      {reply && wordsOf(reply) && <p>{wordsOf(reply)}</p>}
      {reply && <ReplyFiles replyId={reply.messageId} files={reply.files} />}
      <span className={`${layout.tiny} ${layout.muted}`}>
        {channelName(reply?.messageType ?? '')} · <Time at={at} />
      </span>
    </div>
  );
}

function Ours({ message, at }: { message: Schemas['Message']; at: string }): ReactNode {
  return (
    <div className={`${styles.entry} ${styles.ours}`}>
      {message.subject && <p className={layout.strong}>{message.subject}</p>}
      <p>{message.message ?? noTextYet(message)}</p>
      <span className={`${layout.tiny} ${layout.muted}`}>
        {plainWords(message.status)} · {channelName(message.messageType)} · <Time at={at} />
        {message.errorMessage && ` · ${message.errorMessage}`}
      </span>
    </div>
  );
}

function Review({ reply }: { reply: Schemas['ConversationReply'] }): ReactNode {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const decide = async (as: 'reply' | 'opt_out') => {
    setBusy(true);
    try {
      await ask(tuco.POST('/api/replies/{id}/review', { params: { path: { id: reply.messageId } }, body: { as } }));
      toast(as === 'reply' ? 'Kept as a reply.' : 'Suppressed: this person gets no more messages.');
      await queries.invalidateQueries({ queryKey: ['conversations'] });
      await queries.invalidateQueries({ queryKey: ['replies'] });
      await queries.invalidateQueries({ queryKey: ['suppressions'] });
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.answer}>
      <Note
        tone="warn"
        action={
          <div className={layout.row}>
            <Button writes small disabled={isBusy} onClick={() => void decide('reply')}>
              Keep as a reply
            </Button>
            <Button writes small disabled={isBusy} onClick={() => void decide('opt_out')}>
              Treat as an opt-out
            </Button>
          </div>
        }
      >
        “{reply.message}” may be an opt-out. Until you decide, nothing is sent to this person.
      </Note>
    </div>
  );
}

function Suppress({ reply, name, close }: { reply: Schemas['ConversationReply']; name: string; close: () => void }): ReactNode {
  const queries = useQueryClient();
  const address = reply.recipientPhone ?? reply.recipientEmail ?? '';
  const suppress = async () => {
    await ask(tuco.POST('/api/suppressions', { body: { suppressions: [{ address, channel: 'all', reason: 'manual' }] } }));
    toast(`${address} is suppressed.`);
    await queries.invalidateQueries({ queryKey: ['suppressions'] });
    await queries.invalidateQueries({ queryKey: ['messages'] });
  };
  return (
    <Dialog title={`Suppress ${name}?`} submit="Suppress" danger close={close} onSubmit={suppress}>
      <p>
        Nothing more is sent to {address}, on any channel and by any campaign. What is planned is cancelled. You can remove the
        suppression later.
      </p>
    </Dialog>
  );
}
