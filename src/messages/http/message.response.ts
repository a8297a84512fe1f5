import type { DirectSent } from '../application/direct-sends.service';
import { messageDocument } from '../application/message-document';
import type { MessageView } from '../application/message-views.service';

/**
 * The answer to a direct send: the message, and, where no lead was named but one was known, which.
 * @schema SentMessage
 */
export function toSendResponse({ message: { leadId }, warnings }: DirectSent, view: MessageView, usedExistingLead: boolean) {
  // What it waits for changes from one moment to the next; a call that is repeated gets the same answer.
  const message = messageDocument({ ...view, waitingFor: null });
  const answer = { success: true, status: message.status, message, warnings };
  if (!usedExistingLead) return answer;
  const existing = [leadId];
  return {
    ...answer,
    leadId,
    externalId: message.externalId,
    ghlContactId: message.ghlContactId,
    ghlLocationId: message.ghlLocationId,
    hsPortalId: message.hsPortalId,
    hsContactId: message.hsContactId,
    duplicateOnly: true,
    existingLeadIds: existing,
    leadIds: existing,
    duplicateMessage: 'Lead was duplicate; message sent using existing lead.',
  };
}
