import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChannelsModule } from '../channels';
import { LeadsModule, PersonalData } from '../leads';
import { LinesModule } from '../lines';
import { MessagesModule } from '../messages';
import { SendingModule } from '../sending';
import { SuppressionsModule } from '../suppressions';
import { AnsweredBeforeService } from './application/answered-before';
import { CampaignEndings } from './application/campaign-endings';
import { CampaignLifecycle } from './application/campaign-lifecycle';
import { CampaignSendContext } from './application/campaign-send-context';
import { CampaignsService } from './application/campaigns.service';
import { EditsService } from './application/edits.service';
import { EnrollmentService } from './application/enrollment.service';
import { EnrollmentChecks } from './application/enrollment-checks';
import { EnrollmentListsService } from './application/enrollment-lists.service';
import { LaunchChecks } from './application/launch-checks';
import { ListEnrollingService } from './application/list-enrolling.service';
import { MessageRetention } from './application/message-retention';
import { NewEnrollments } from './application/new-enrollments';
import { PreviewService } from './application/preview.service';
import { PreviewContents } from './application/preview-contents';
import { ReportsService } from './application/reports.service';
import { SequenceService } from './application/sequence.service';
import { TemplateChecksService } from './application/template-checks.service';
import { ZoneGuessesService } from './application/zone-guesses.service';
import { Answers } from './domain/answers';
import { Campaigns } from './domain/campaign';
import { Enrollments } from './domain/enrollment';
import { CampaignLeadsController } from './http/campaign-leads.controller';
import { CampaignsController } from './http/campaigns.controller';
import { AnswerSchema } from './infrastructure/answer.schema';
import { CampaignSchema, EnrollmentSchema } from './infrastructure/campaign.schema';
import { MongoAnswers } from './infrastructure/mongo-answers';
import { MongoCampaigns } from './infrastructure/mongo-campaigns';
import { MongoEnrollments } from './infrastructure/mongo-enrollments';
import { MongoPersonalCampaigns } from './infrastructure/mongo-personal-campaigns';

/**
 * What messages ask of campaigns: it stands below them, so that messages know nothing of campaigns but the
 * port.
 */
@Global()
@Module({
  imports: [
    LeadsModule,
    MongooseModule.forFeature([
      { name: 'Campaign', schema: CampaignSchema },
      { name: 'Enrollment', schema: EnrollmentSchema },
      { name: 'Answer', schema: AnswerSchema },
    ]),
  ],
  providers: [
    AnsweredBeforeService,
    CampaignSendContext,
    ZoneGuessesService,
    MongoPersonalCampaigns,
    { provide: Answers, useClass: MongoAnswers },
    { provide: Campaigns, useClass: MongoCampaigns },
    { provide: Enrollments, useClass: MongoEnrollments },
  ],
  exports: [AnsweredBeforeService, Answers, CampaignSendContext, Campaigns, Enrollments, ZoneGuessesService],
})
class CampaignSendsModule {
  constructor(personalData: PersonalData, campaigns: MongoPersonalCampaigns) {
    personalData.register('campaigns', campaigns);
  }
}

@Module({
  imports: [
    LeadsModule,
    LinesModule,
    ChannelsModule,
    CampaignSendsModule,
    MessagesModule,
    SuppressionsModule,
    SendingModule.asking(CampaignSendContext, CampaignSendsModule),
  ],
  controllers: [CampaignsController, CampaignLeadsController],
  providers: [
    CampaignsService,
    CampaignEndings,
    CampaignLifecycle,
    EnrollmentListsService,
    EnrollmentService,
    EnrollmentChecks,
    ListEnrollingService,
    NewEnrollments,
    EditsService,
    LaunchChecks,
    MessageRetention,
    PreviewContents,
    PreviewService,
    ReportsService,
    SequenceService,
    TemplateChecksService,
  ],
  exports: [CampaignsService, EnrollmentService],
})
export class CampaignsModule {}
