import { Injectable } from '@nestjs/common';
import type { Person, PersonalDataOf } from '../../leads';
import { BackgroundJobs } from '../../platform/background';
import type { WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { MESSAGE_TEXTS } from '../domain/messages.texts';
import { PersonalMessages } from '../domain/personal-messages';
import { MessagesService } from './messages.service';
import { CANCEL_SUPPRESSED } from './suppressed-messages';

/** Messages when somebody is erased: what waits is cancelled first, and what is on its way is waited for. */
@Injectable()
export class PersonalMessagesService implements PersonalDataOf {
  readonly collections = ['messages', 'backgroundJobs'];
  readonly isAskedByOthers = true;

  readonly sections = { messages: (person: Person) => this.shown(person) };

  constructor(
    private readonly personalMessages: PersonalMessages,
    private readonly messagesService: MessagesService,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly transactions: Transactions,
  ) {}

  addressesOf(workspaceId: WorkspaceId, leadId: string): Promise<string[]> {
    return this.personalMessages.addressesOf(workspaceId, leadId);
  }

  async settle(person: Person): Promise<string | null> {
    if (await this.personalMessages.isAnyWaiting(person)) await this.cancel(person);
    return (await this.personalMessages.isAnySending(person)) ? MESSAGE_TEXTS.isBeingSent : null;
  }

  async erase(person: Person): Promise<void> {
    await this.personalMessages.blank(person);
    await this.backgroundJobs.forget(person.workspaceId, CANCEL_SUPPRESSED, person.addresses);
  }

  private async cancel({ workspaceId, leadId, own }: Person): Promise<void> {
    const why = { reason: 'lead_deleted', followUps: 'stop' } as const;
    await this.transactions.run(async (transaction) => {
      await this.messagesService.stopWithin(workspaceId, { scope: { leadIds: [leadId] }, ...why }, transaction);
      if (own.length > 0) await this.messagesService.stopWithin(workspaceId, { scope: { recipients: own }, ...why }, transaction);
    });
  }

  private async *shown(person: Person): AsyncGenerator<object> {
    for await (const message of this.personalMessages.of(person)) {
      const { id: _id, channel, status, template, content, subject, text, attachments } = message;
      const { address, recipients, recipientName, batchId } = message;
      const { campaignId, createdAt, dueAt, sentAt, deliveredAt, readAt } = message;
      const said = { template, content, subject, text, attachments };
      const what = { _id, channel, status, ...said, address, recipients, recipientName, batchId, campaignId };
      const attempts = message.attempts.map((one) => ({
        address: one.address,
        subject: one.subject,
        text: one.text,
        at: one.startedAt,
      }));
      yield { ...what, createdAt, dueAt, sentAt, deliveredAt, readAt, attempts };
    }
  }
}
