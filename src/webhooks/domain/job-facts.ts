import type { BackgroundJob } from '../../platform/background/background-job';
import type { Fact } from './facts';

type JobEvent = 'import.finished' | 'availability.finished';

/**
 * Of an import or a batch of checks that is over: done, failed or cancelled.
 * @param fields what it says of itself
 */
export const jobFact = (job: Pick<BackgroundJob, 'id' | 'finishedAt'>, event: JobEvent, at: Date, fields: object): Fact => ({
  id: `evt_${job.id}_finished`,
  event,
  at: job.finishedAt ?? at,
  about: { leadIds: [], addresses: [] },
  of: {},
  fields: () => fields,
});
