export { type BackgroundJob, type ChunkResult, JobEnded } from './background-job';
export { BackgroundJobs, JobStarted, type SaveProgress } from './background-jobs';
export { BackgroundModule } from './background.module';
