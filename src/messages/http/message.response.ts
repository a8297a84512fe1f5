import type { DirectSent } from '../application/direct-sends.service';
import { messageDocument } from '../domain/message-document';

/** The answer to a direct send: the message, and, where no lead was named but one was known, which. */
export function toSendResponse({ message, warnings }: DirectSent, usedExistingLead: boolean) {
  const answer = { success: true, status: message.status, message: messageDocument(message), warnings };
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
