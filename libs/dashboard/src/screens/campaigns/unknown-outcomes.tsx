import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { unknownOutcomesQuery } from '../../app/queries';
import { Button } from '../../parts/button';
import { Card, layout } from '../../parts/layout';
import { Time } from '../../parts/time';
import { toast, toastError } from '../../parts/toasts';
import { many } from '../../parts/words';

type Message = Schemas['Message'];

/** Messages of which nobody knows whether they went out. A person who can look says so. */
export function UnknownOutcomes({ campaignId }: { campaignId: string }): ReactNode {
  const messages = useQuery(unknownOutcomesQuery(campaignId)).data?.messages ?? [];
  if (messages.length === 0) return null;
  return (
    <Card title={`${many(messages.length, 'message')} with an unknown outcome`} flush>
      <p className={layout.item}>
        The provider neither confirmed nor refused them. Look at the device or at the provider, and say what you see: nothing is
        sent twice by itself.
      </p>
      <ul className={layout.list}>
        {messages.map((message) => (
          <li key={message._id} className={layout.item}>
            <span className={layout.grow}>
              <Link to="/messages/$id" params={{ id: message._id }}>
                {message.recipientName ?? message.recipientPhone ?? message.recipientEmail}
              </Link>
              <span className={layout.muted}>
                {' '}
                · <Time at={message.attempts.at(-1)?.startedAt} />
              </span>
            </span>
            <Resolve message={message} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function Resolve({ message }: { message: Message }): ReactNode {
  const [isBusy, setBusy] = useState(false);
  const queries = useQueryClient();
  const resolve = async (as: 'sent' | 'not_sent') => {
    setBusy(true);
    try {
      await ask(tuco.POST('/api/messages/{id}/resolve', { params: { path: { id: message._id } }, body: { as } }));
      toast(as === 'sent' ? 'Counted as sent.' : 'It is sent again.');
      await queries.invalidateQueries({ queryKey: ['messages'] });
      await queries.invalidateQueries({ queryKey: ['campaigns'] });
      await queries.invalidateQueries({ queryKey: ['overview'] });
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={layout.row}>
      <Button writes small disabled={isBusy} onClick={() => void resolve('sent')}>
        It was sent
      </Button>
      <Button writes small disabled={isBusy} onClick={() => void resolve('not_sent')}>
        It was not: send it
      </Button>
    </div>
  );
}
