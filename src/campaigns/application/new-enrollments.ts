import { Injectable } from '@nestjs/common';
import { Messages, MessagesReady } from '../../messages';
import { Clock } from '../../platform/clock';
import { DomainEvents } from '../../platform/events';
import { Ids } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import { type Campaign, Campaigns } from '../domain/campaign';
import { type Enrollment, Enrollments, newEnrollment } from '../domain/enrollment';
import { planMessages } from '../domain/step-planner';

/** Writes enrollments, with all of their messages. */
@Injectable()
export class NewEnrollments {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly enrollments: Enrollments,
    private readonly messages: Messages,
    private readonly domainEvents: DomainEvents,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /**
   * Enrolls leads of whom it is known that they are to be.
   * @returns how many messages were made
   * @throws AlreadyEnrolled
   */
  async insert(campaign: Campaign, leads: readonly { id: string }[], transaction: Transaction): Promise<number> {
    const now = this.clock.now();
    const { workspaceId, id: campaignId, edition } = campaign;
    const enrollments: Enrollment[] = leads.map(({ id: leadId }) =>
      newEnrollment({ id: this.ids.next(), workspaceId, campaignId, leadId, edition }, now),
    );
    const messages = enrollments.flatMap((enrollment) =>
      planMessages(campaign, enrollment, { newId: () => this.ids.next(), now }),
    );
    await this.enrollments.insertMany(enrollments, transaction);
    if (campaign.finishedAt !== null && leads.length > 0) await this.campaigns.goOn(campaign, transaction);
    await this.messages.insertMany(messages, transaction);
    if (messages.some(({ status }) => status === 'queued'))
      await this.domainEvents.publish(new MessagesReady(workspaceId), transaction);
    return messages.length;
  }
}
