import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { layout, Note, Shown } from '../../parts/layout';
import { Time } from '../../parts/time';
import { toast, toastError } from '../../parts/toasts';
import { channelName, plainWords } from '../../parts/words';
import { noTextYet, threadQuery } from '../leads/history';
import { Composer } from './composer';
import { type Conversation, needsReview } from './conversations';
import styles from './inbox.module.css';

export function Thread({ conversation, show }: { conversation: Conversation; show: string | undefined }): ReactNode {
  const { leadId, name, replies } = conversation;
  const [asks, setAsks] = useState(false);
  const waiting = replies.find(needsReview);
  const last = replies[0];
  return (
    <section className={styles.thread} aria-label={`Conversation with ${name}`}>
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
        <Button small kind="danger" onClick={() => setAsks(true)}>
          Suppress …
        </Button>
      </div>
      {waiting && <Review reply={waiting} />}
      {leadId ? <LeadThread leadId={leadId} /> : <Unknown replies={replies} />}
      {leadId && (
        <div className={styles.answer}>
          <Composer leadId={leadId} name={name} channel={last?.messageType} />
        </div>
      )}
      {asks && last && <Suppress reply={last} name={name} close={() => setAsks(false)} />}
    </section>
  );
}

function LeadThread({ leadId }: { leadId: string }): ReactNode {
  const thread = useQuery(threadQuery(leadId));
  return (
    <Shown query={thread}>
      {(entries) => (
        <div className={styles.words} tabIndex={0} role="log" aria-label="Messages">
          {entries
            .filter((entry) => 'reply' in entry || entry.message.status !== 'cancelled')
            .map((entry) =>
              'reply' in entry ? (
                <div key={entry.reply.messageId} className={`${styles.entry} ${styles.theirs}`}>
                  <p>{entry.reply.message}</p>
                  <span className={`${layout.tiny} ${layout.muted}`}>
                    {channelName(entry.reply.messageType)} · <Time at={entry.at} />
                  </span>
                </div>
              ) : (
                <div key={entry.message._id} className={`${styles.entry} ${styles.ours}`}>
                  <p>{entry.message.message ?? noTextYet(entry.message)}</p>
                  <span className={`${layout.tiny} ${layout.muted}`}>
                    {plainWords(entry.message.status)} · {channelName(entry.message.messageType)} · <Time at={entry.at} />
                  </span>
                </div>
              ),
            )}
        </div>
      )}
    </Shown>
  );
}

/** Of an address that is no lead: there is nothing but what it has written. */
function Unknown({ replies }: { replies: readonly Schemas['Reply'][] }): ReactNode {
  return (
    <div className={styles.words} tabIndex={0} role="log" aria-label="Messages">
      {replies.map(({ messageId, message, respondedAtUtc, messageType }) => (
        <div key={messageId} className={`${styles.entry} ${styles.theirs}`}>
          <p>{message}</p>
          <span className={`${layout.tiny} ${layout.muted}`}>
            {channelName(messageType)} · <Time at={respondedAtUtc} />
          </span>
        </div>
      ))}
    </div>
  );
}

function Review({ reply }: { reply: Schemas['Reply'] }): ReactNode {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const decide = async (as: 'reply' | 'opt_out') => {
    setBusy(true);
    try {
      await ask(tuco.POST('/api/replies/{id}/review', { params: { path: { id: reply.messageId } }, body: { as } }));
      toast(as === 'reply' ? 'Kept as an answer.' : 'Suppressed: this person gets no more messages.');
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
            <Button small disabled={isBusy} onClick={() => void decide('reply')}>
              An ordinary answer
            </Button>
            <Button small disabled={isBusy} onClick={() => void decide('opt_out')}>
              An opt-out
            </Button>
          </div>
        }
      >
        “{reply.message}” may be a wish to get no more messages. Until you decide, nothing is sent to them.
      </Note>
    </div>
  );
}

function Suppress({ reply, name, close }: { reply: Schemas['Reply']; name: string; close: () => void }): ReactNode {
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
