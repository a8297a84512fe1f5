export { CampaignsModule } from './campaigns.module';
export { CampaignsService, type CampaignView } from './application/campaigns.service';
export { EnrollmentService, type PlannedMembers } from './application/enrollment.service';
export * from './domain';
