import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChannelsModule } from '../channels';
import { LeadsModule } from '../leads';
import { LinesModule } from '../lines';
import { MessagesModule } from '../messages';
import { SendingModule } from '../sending';
import { CampaignSends } from './application/campaign-sends.service';
import { CampaignLife } from './application/campaign-life.service';
import { CampaignsService } from './application/campaigns.service';
import { EditsService } from './application/edits.service';
import { EnrollingService } from './application/enrolling.service';
import { PreviewService } from './application/preview.service';
import { ReportsService } from './application/reports.service';
import { SequenceService } from './application/sequence.service';
import { Campaigns } from './domain/campaign';
import { Enrollments } from './domain/enrollment';
import { CampaignLeadsController } from './http/campaign-leads.controller';
import { CampaignsController } from './http/campaigns.controller';
import { CampaignSchema, EnrollmentSchema } from './infrastructure/campaign.schema';
import { MongoCampaigns } from './infrastructure/mongo-campaigns';
import { MongoEnrollments } from './infrastructure/mongo-enrollments';

/** What messages ask of campaigns: it stands below them, so that messages know nothing of campaigns but the port. */
@Global()
@Module({
  imports: [
    LeadsModule,
    MongooseModule.forFeature([
      { name: 'Campaign', schema: CampaignSchema },
      { name: 'Enrollment', schema: EnrollmentSchema },
    ]),
  ],
  providers: [
    CampaignSends,
    { provide: Campaigns, useClass: MongoCampaigns },
    { provide: Enrollments, useClass: MongoEnrollments },
  ],
  exports: [CampaignSends, Campaigns, Enrollments],
})
export class CampaignSendsModule {}

@Module({
  imports: [
    LeadsModule,
    LinesModule,
    ChannelsModule,
    CampaignSendsModule,
    MessagesModule,
    SendingModule.asking(CampaignSends, CampaignSendsModule),
  ],
  controllers: [CampaignsController, CampaignLeadsController],
  providers: [CampaignsService, CampaignLife, EnrollingService, EditsService, PreviewService, ReportsService, SequenceService],
  exports: [CampaignsService, EnrollingService],
})
export class CampaignsModule {}
