export { CampaignsModule } from './campaigns.module';
export { EnrollingService } from './application/enrolling.service';
