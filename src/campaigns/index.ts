export { CampaignsModule } from './campaigns.module';
export { CampaignsService } from './application/campaigns.service';
export { EnrollingService } from './application/enrolling.service';
export { WrongCampaignStatus } from './domain/campaigns.errors';
