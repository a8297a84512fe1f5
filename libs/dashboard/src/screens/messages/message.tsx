import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { campaignsQuery, linesQuery } from '../../app/queries';
import { Button } from '../../parts/button';
import { Badge, Card, Failure, layout, Loading, Note, Page } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { toast, toastError } from '../../parts/toasts';
import { channelName, nameOf, noTextYet, plainWords, sentence, statusTone } from '../../parts/words';
import { Resolve } from '../campaigns/unknown-outcomes';
import { Pair } from '../leads/lead';
import styles from '../leads/leads.module.css';
import { MailHtml } from './mail-html';

const route = getRouteApi('/messages/$id');
type Message = Schemas['Message'];

export function MessagePage(): ReactNode {
  const { id } = route.useParams();
  const message = useQuery({
    queryKey: ['messages', id],
    queryFn: () => ask(tuco.GET('/api/messages/{id}', { params: { path: { id } } })),
  });
  if (message.data) return <One message={message.data} />;
  return (
    <Page title="Message" crumb={<Link to="/messages">Messages</Link>}>
      {message.isPending ? <Loading /> : <Failure error={message.error} again={() => void message.refetch()} />}
    </Page>
  );
}

function One({ message }: { message: Message }): ReactNode {
  const queries = useQueryClient();
  const lines = useQuery(linesQuery);
  const campaigns = useQuery(campaignsQuery);
  const params = { path: { id: message._id } };
  const act = useMutation({
    mutationFn: (what: 'cancel' | 'retry') =>
      what === 'cancel'
        ? ask(tuco.POST('/api/messages/{id}/cancel', { params }))
        : ask(tuco.POST('/api/messages/{id}/retry', { params })),
    onSuccess: (_, what) => toast(what === 'cancel' ? 'Cancelled.' : 'It is tried again.'),
    onError: toastError,
    onSettled: () => queries.invalidateQueries({ queryKey: ['messages'] }),
  });
  const isUnknown = message.code === 'OUTCOME_UNKNOWN' && message.status === 'failed';
  const lineOf = (id: string) => {
    const line = lines.data?.lines.find(({ _id }) => _id === id);
    return line ? nameOf(line) : 'A line that was removed';
  };
  return (
    <Page
      title={`To ${message.recipientName ?? message.recipientPhone ?? message.recipientEmail ?? 'somebody'}`}
      crumb={<Link to="/messages">Messages</Link>}
      badge={
        <Badge tone={isUnknown ? 'warn' : statusTone[message.status]}>
          {isUnknown ? 'Outcome unknown' : plainWords(message.status)}
        </Badge>
      }
      actions={
        <>
          {['scheduled', 'queued', 'pending'].includes(message.status) && (
            <Button writes kind="danger" busy={act.isPending} onClick={() => act.mutate('cancel')}>
              Cancel this message
            </Button>
          )}
          {message.status === 'failed' && !isUnknown && (
            <Button writes busy={act.isPending} onClick={() => act.mutate('retry')}>
              Try again
            </Button>
          )}
          {isUnknown && <Resolve message={message} />}
        </>
      }
    >
      {message.waitingFor && (
        <Note tone="info">
          {sentence(message.waitingFor.words)}
          {message.waitingFor.until && (
            <>
              , until <Time at={message.waitingFor.until} />
            </>
          )}
        </Note>
      )}
      {message.errorMessage && <Note tone="bad">{message.errorMessage}</Note>}
      <div className={layout.split}>
        <div className={`${layout.stack} ${layout.loose}`}>
          <Card title={message.subject ?? 'Text'}>
            <MailHtml message={message} />
            <p className={styles.words}>{message.message ?? noTextYet(message)}</p>
            {message.attachmentUrls.map((url) => (
              <a key={url} href={url} target="_blank" rel="noreferrer">
                {url}
              </a>
            ))}
          </Card>
          <Card title="Attempts" flush>
            {message.attempts.length === 0 ? (
              <p className={layout.item}>Nothing was handed over yet.</p>
            ) : (
              <Table
                label="Attempts"
                rows={message.attempts}
                keyOf={({ startedAt, attachment }) => `${startedAt} ${attachment}`}
                columns={[
                  { head: 'When', nowrap: true, times: true, cell: ({ startedAt }) => <Time inColumn at={startedAt} /> },
                  { head: 'Line', from: 'wide', cell: ({ lineId }) => lineOf(lineId) },
                  { head: 'To', from: 'medium', cell: ({ address, channel }) => `${address} (${channelName(channel)})` },
                  {
                    head: 'Outcome',
                    cell: ({ outcome, words, code }) => (
                      <>
                        {plainWords(outcome)}
                        {(words ?? code) && <div className={`${layout.tiny} ${layout.muted}`}>{words ?? code}</div>}
                      </>
                    ),
                  },
                ]}
              />
            )}
          </Card>
        </div>
        <Card title="Details">
          <dl className={layout.facts}>
            {message.leadId && (
              <Pair label="Lead">
                <Link to="/leads/$id" params={{ id: message.leadId }}>
                  {message.recipientName ?? 'Open'}
                </Link>
              </Pair>
            )}
            {message.campaignId && (
              <Pair label="Campaign">
                <Link to="/campaigns/$id" params={{ id: message.campaignId }}>
                  {campaigns.data?.campaigns.find(({ _id }) => _id === message.campaignId)?.name ?? 'Campaign'}, step{' '}
                  {(message.stepIndex ?? 0) + 1}
                </Link>
              </Pair>
            )}
            <Pair label="Channel">{channelName(message.messageType)}</Pair>
            <Pair label="From">{message.fromLinePhone ?? message.fromLineEmail ?? '–'}</Pair>
            <Pair label="To">{message.recipientPhone ?? message.recipientEmail ?? '–'}</Pair>
            <Pair label="Due">
              <Time at={message.dueAt} />
            </Pair>
            <Pair label="Sent">
              <Time at={message.sentAt} />
            </Pair>
            <Pair label="Delivered">
              <Time at={message.deliveredAt} />
            </Pair>
            <Pair label="Read">
              <Time at={message.readAt} />
            </Pair>
            {message.reason && <Pair label="Reason">{plainWords(message.reason)}</Pair>}
          </dl>
        </Card>
      </div>
    </Page>
  );
}
