import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { layout } from '../../parts/layout';
import { MailFrame } from '../../parts/mail-frame';

type Message = Schemas['Message'];

/**
 * The HTML of an e-mail of a campaign. The text of what was sent is kept, its HTML is not: it is made of the
 * step again.
 */
export function MailHtml({ message }: { message: Message }): ReactNode {
  const { campaignId, leadId, stepId, messageType } = message;
  const preview = useQuery({
    queryKey: ['campaigns', campaignId, 'preview', leadId],
    enabled: messageType === 'email' && campaignId !== null && leadId !== null,
    queryFn: () =>
      ask(tuco.POST('/api/campaigns/{id}/preview', { params: { path: { id: campaignId! } }, body: { leadId: leadId! } })),
  });
  const step = preview.data?.steps.find((one) => one.stepId === stepId);
  const html = step?.channels.find(({ channel }) => channel === 'email')?.html;
  if (!html) return null;
  return (
    <div className={`${layout.stack} ${layout.tight}`}>
      <MailFrame html={html} label="E-mail as HTML" />
      <p className={`${layout.tiny} ${layout.muted}`}>
        {message.sentAt
          ? 'Made again from the step as it is today, with what is known of this person now. The text below is what was sent.'
          : 'As it would go out now. It is made when it is sent, with what is known of this person then.'}
      </p>
    </div>
  );
}
