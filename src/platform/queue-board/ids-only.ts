import type { ControllerHandlerReturnType } from '@bull-board/api/typings/app';

type Fields = Record<string, unknown>;

/** What our jobs hold: which thing is due, of which workspace, in which revision, when. */
const SHOWN = new Set(['id', 'workspaceId', 'messageId', 'moves', 'at']);
const IS_PLAIN = /^[\w:-]{1,100}$/;
const HIDDEN = '(not shown)';

/** An answer about jobs with no more of them than ids and numbers: operators see every tenant's. */
export function idsOnly({ status, body }: ControllerHandlerReturnType): ControllerHandlerReturnType {
  if (typeof body === 'string') return { status, body };
  const { queues, job } = body as { queues?: { jobs: Fields[] }[]; job?: Fields };
  const shown: Fields = { ...body };
  if (queues) shown.queues = queues.map((queue) => ({ ...queue, jobs: queue.jobs.map(withIdsOnly) }));
  if (job) shown.job = withIdsOnly(job);
  return { status, body: shown };
}

/** What a failure says may be the words of a provider. */
function withIdsOnly(job: Fields): Fields {
  const { data, failedReason, stacktrace } = job;
  const hasStack = Array.isArray(stacktrace) && stacktrace.length > 0;
  return {
    ...job,
    data: ofData(data),
    progress: 0,
    returnValue: null,
    ...(failedReason ? { failedReason: `${HIDDEN}: the log says why` } : {}),
    stacktrace: hasStack ? [HIDDEN] : [],
  };
}

function ofData(data: unknown): Fields {
  const fields = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  return Object.fromEntries(fields.map(([name, value]) => [name, SHOWN.has(name) && isPlain(value) ? value : HIDDEN]));
}

const isPlain = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && IS_PLAIN.test(value));
