import type { BackgroundJob } from '../../platform/background';
import type { BatchCounts } from '../domain/batch';

/** A batch of checks as callers see it, but for what is expected of one that is not over. */
export function batchDocument({ id, state, reason, progress, createdAt, startedAt, finishedAt }: BackgroundJob<BatchCounts>) {
  const { total, checked, available, unavailable, errors, missing } = progress;
  return {
    _id: id,
    jobId: id,
    state,
    reason,
    total,
    checked,
    available,
    unavailable,
    errors,
    missing,
    percent: total === 0 ? 100 : Math.floor((checked / total) * 100),
    createdAt,
    startedAt,
    finishedAt,
  };
}
