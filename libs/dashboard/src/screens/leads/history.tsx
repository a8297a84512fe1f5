import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, REREAD_MS, type Schemas, tuco } from '../../app/api';
import { campaignsQuery } from '../../app/queries';
import { Badge, Empty, layout, Shown } from '../../parts/layout';
import { FILES_EVERY_MS, ReplyFiles, someAreFetched, wordsOf } from '../../parts/reply-files';
import { Time } from '../../parts/time';
import { channelName, noTextYet, plainWords, sentence, statusTone } from '../../parts/words';
import styles from './leads.module.css';

type Entry = { at: string; message: Schemas['Message'] } | { at: string; reply: Schemas['Reply'] };

/** What went out to somebody, is planned, and came back: newest first. */
const threadQuery = (leadId: string) => ({
  queryKey: ['messages', 'thread', leadId],
  queryFn: async (): Promise<Entry[]> => {
    const [{ messages }, { replies }] = await Promise.all([
      ask(tuco.GET('/api/leads/{id}/messages', { params: { path: { id: leadId }, query: { limit: 200 } } })),
      ask(tuco.GET('/api/replies', { params: { query: { leadId, limit: 200 } } })),
    ]);
    const entries: Entry[] = [
      ...messages.map((message) => ({ at: message.sentAt ?? message.dueAt ?? message.createdAt, message })),
      ...replies.map((reply) => ({ at: reply.respondedAtUtc, reply })),
    ];
    return entries.sort((one, other) => other.at.localeCompare(one.at));
  },
});

const hasComingFile = (entries: readonly Entry[]): boolean =>
  entries.some((entry) => 'reply' in entry && someAreFetched(entry.reply.files));

export function LeadHistory({ lead }: { lead: Schemas['Lead'] }): ReactNode {
  const thread = useQuery({
    ...threadQuery(lead._id),
    refetchInterval: ({ state }) => (hasComingFile(state.data ?? []) ? FILES_EVERY_MS : REREAD_MS),
  });
  const campaigns = useQuery(campaignsQuery);
  const nameOfCampaign = (id: string | null) => campaigns.data?.campaigns.find(({ _id }) => _id === id)?.name;
  return (
    <Shown query={thread}>
      {(entries) =>
        entries.length === 0 ? (
          <Empty title="Nothing yet">What is sent to this person, and what they answer, stands here.</Empty>
        ) : (
          <ol className={styles.timeline}>
            {entries.map((entry) =>
              'reply' in entry ? (
                <li key={entry.reply.messageId}>
                  <div className={`${layout.row} ${layout.spread} ${layout.small}`}>
                    <span className={layout.row}>
                      <span className={layout.strong}>They answered</span>
                      {entry.reply.kind !== 'reply' && (
                        <Badge tone={entry.reply.kind === 'opt_out' ? 'bad' : 'warn'}>{plainWords(entry.reply.kind)}</Badge>
                      )}
                    </span>
                    <span className={layout.muted}>
                      {channelName(entry.reply.messageType)} · <Time at={entry.at} />
                    </span>
                  </div>
                  {wordsOf(entry.reply) && <p className={styles.words}>{wordsOf(entry.reply)}</p>}
                  <ReplyFiles replyId={entry.reply.messageId} files={entry.reply.files} />
                </li>
              ) : (
                <li key={entry.message._id}>
                  <div className={`${layout.row} ${layout.spread} ${layout.small}`}>
                    <span className={layout.row}>
                      <Link to="/messages/$id" params={{ id: entry.message._id }}>
                        {nameOfCampaign(entry.message.campaignId) ?? 'Message'}
                        {entry.message.stepIndex !== null && `, step ${entry.message.stepIndex + 1}`}
                      </Link>
                      <Badge tone={statusTone[entry.message.status]}>{plainWords(entry.message.status)}</Badge>
                    </span>
                    <span className={layout.muted}>
                      {channelName(entry.message.messageType)} · <Time at={entry.at} />
                    </span>
                  </div>
                  <p className={styles.words}>{entry.message.message ?? noTextYet(entry.message)}</p>
                  {entry.message.waitingFor && (
                    <p className={`${layout.tiny} ${layout.muted}`}>{sentence(entry.message.waitingFor.words)}</p>
                  )}
                </li>
              ),
            )}
          </ol>
        )
      }
    </Shown>
  );
}
