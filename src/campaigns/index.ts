export { CampaignsModule } from './campaigns.module';
export { CampaignsService } from './application/campaigns.service';
export { EnrollmentService, type PlannedMembers } from './application/enrollment.service';
export * from './domain';
