export { type BackgroundJob, type BackgroundState, type ChunkResult } from './background-job';
export { BackgroundJobs, JobStarted, LeaseLost, type BackgroundWork, type SaveProgress } from './background-jobs';
export { BackgroundModule } from './background.module';
