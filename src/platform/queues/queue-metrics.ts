import { Injectable } from '@nestjs/common';
import { Metrics } from '../metrics';
import { WorkQueues } from './work-queues';

/** Shows how many jobs there are. */
@Injectable()
export class QueueMetrics {
  constructor(metrics: Metrics, workQueues: WorkQueues) {
    metrics.gauge('tuco_queue_jobs', async () =>
      (await workQueues.depths()).map(({ queue, state, jobs }) => ({ labels: { queue, state }, value: jobs })),
    );
  }
}
