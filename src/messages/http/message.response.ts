import type { DirectSent } from '../application/direct-sends.service';
import { messageDocument } from '../application/message-document';
import type { MessageView } from '../application/message-views.service';

/** The answer to a direct send: the message, and, where no lead was named but one was known, which. */
export function toSendResponse({ message, warnings }: DirectSent, view: MessageView, usedExistingLead: boolean) {
  const answer = { success: true, status: message.status, message: messageDocument(view), warnings };
  if (!usedExistingLead) return answer;
  const existing = [message.leadId];
  return {
    ...answer,
    leadId: message.leadId,
    duplicateOnly: true,
    existingLeadIds: existing,
    leadIds: existing,
    duplicateMessage: 'Lead was duplicate; message sent using existing lead.',
  };
}
