export * from './domain';
export { SendingModule } from './sending.module';
export { SendJob } from './application/delivery/send-job';
export { Planner } from './application/planning/planner';
export { LineProber } from './application/recovery/line-prober';
export { Rescuer } from './application/recovery/rescuer';
