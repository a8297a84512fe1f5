export { CampaignsModule } from './campaigns.module';
export { CampaignsService } from './application/campaigns.service';
export { EnrollmentService } from './application/enrollment.service';
export * from './domain';
