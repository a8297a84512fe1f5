import { type DynamicModule, Logger, Module, type Type } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChannelsModule } from '../channels';
import { LeadsModule, PersonalData } from '../leads';
import { LinesModule } from '../lines';
import { MessagesModule, MessagesReady, PlannedContents, UnknownResolver, WaitReasons } from '../messages';
import { DomainEvents } from '../platform/events';
import { QueuesModule } from '../platform/queues';
import { RepliesModule, SendProofs } from '../replies';
import { SuppressionsModule } from '../suppressions';
import { AttachmentFiles } from './application/delivery/attachment-files';
import { type Gate, GATES, Gates } from './application/delivery/gates';
import { HandOver } from './application/delivery/hand-over';
import { MessageTexts } from './application/delivery/message-texts';
import { Outcomes } from './application/delivery/outcomes';
import { SendJob } from './application/delivery/send-job';
import { SentOutcomes } from './application/delivery/sent-outcomes';
import { Threads } from './application/delivery/threads';
import { Candidates } from './application/planning/candidates';
import { LineFactsService } from './application/planning/line-facts.service';
import { Planner, SEND_QUEUE } from './application/planning/planner';
import { PriorContacts } from './application/planning/prior-contacts';
import { Evidence } from './application/recovery/evidence';
import { LateErrors } from './application/recovery/late-errors';
import { LineProber } from './application/recovery/line-prober';
import { LineReassignment } from './application/recovery/line-reassignment';
import { ProvenSends } from './application/recovery/proven-sends';
import { Rescuer } from './application/recovery/rescuer';
import { UnknownOutcomes } from './application/recovery/unknown-outcomes';
import { SendSignals } from './application/send-signals';
import { WaitReasonsService } from './application/wait-reasons.service';
import { LineSchedules } from './domain/line-schedules';
import { RecipientClaims } from './domain/recipient-claims';
import { RecipientSends } from './domain/recipient-sends';
import { SendContext } from './domain/send-context';
import { MongoLineSchedules } from './infrastructure/mongo-line-schedules';
import { MongoPersonalRecipients } from './infrastructure/mongo-personal-recipients';
import { MongoRecipientClaims } from './infrastructure/mongo-recipient-claims';
import { MongoRecipientSends } from './infrastructure/mongo-recipient-sends';
import { LineTurnSchema, RecipientSchema, RecipientSendsSchema } from './infrastructure/sending.schema';

/** The engine. */
@Module({})
export class SendingModule {
  /**
   * Global, since it implements ports of the messages, which know nothing of it.
   * @param context answers whether, when and how a message may go; @param from the module that provides it
   */
  static asking(context: Type<SendContext>, from: Type<unknown>): DynamicModule {
    return {
      module: SendingModule,
      global: true,
      imports: [
        LeadsModule,
        LinesModule,
        ChannelsModule,
        MessagesModule,
        RepliesModule,
        SuppressionsModule,
        from,
        QueuesModule.queue(SEND_QUEUE),
        MongooseModule.forFeature([
          { name: 'LineTurn', schema: LineTurnSchema },
          { name: 'Recipient', schema: RecipientSchema },
          { name: 'RecipientSends', schema: RecipientSendsSchema },
        ]),
      ],
      providers: [
        { provide: SendContext, useExisting: context },
        { provide: LineSchedules, useClass: MongoLineSchedules },
        { provide: RecipientClaims, useClass: MongoRecipientClaims },
        { provide: RecipientSends, useClass: MongoRecipientSends },
        { provide: WaitReasons, useClass: WaitReasonsService },
        { provide: PlannedContents, useExisting: SendContext },
        ...GATES,
        { provide: Gates, inject: GATES, useFactory: (...gates: Gate[]) => new Gates(gates) },
        MongoPersonalRecipients,
        AttachmentFiles,
        Candidates,
        HandOver,
        MessageTexts,
        LineFactsService,
        LineReassignment,
        Outcomes,
        SentOutcomes,
        Planner,
        PriorContacts,
        Evidence,
        LateErrors,
        LineProber,
        Rescuer,
        SendJob,
        SendSignals,
        Threads,
        UnknownOutcomes,
        { provide: UnknownResolver, useExisting: UnknownOutcomes },
        { provide: SendProofs, useClass: ProvenSends },
      ],
      exports: [PlannedContents, SendProofs, UnknownResolver, WaitReasons],
    };
  }

  private readonly logger = new Logger(SendingModule.name);

  constructor(domainEvents: DomainEvents, planner: Planner, personalData: PersonalData, recipients: MongoPersonalRecipients) {
    personalData.register('sending', recipients);
    domainEvents.on(MessagesReady, async ({ workspaceId }, transaction) => {
      // A wake-up call may be lost: every line is looked at once a minute in any case.
      transaction.afterCommit(() => {
        planner.wake(workspaceId).catch((error: unknown) => this.logger.warn({ err: error }, 'The lines could not be woken'));
      });
    });
  }
}
