import { type Document, ObjectId } from 'mongodb';
import type { SentCommand } from './commands';

/** The question that is in a command: what it looks for, as a command that can be explained. */
export function questions({ name, collection, body }: SentCommand): Document[] {
  const looking = (filter: unknown, { sort, hint, limit }: Document = body) => ({
    find: collection,
    filter,
    ...(sort ? { sort } : {}),
    ...(hint ? { hint } : {}),
    ...(limit ? { limit } : {}),
  });
  if (name === 'find') return [looking(body.filter ?? {})];
  if (name === 'aggregate') {
    const pipeline = body.pipeline as Document[];
    const others = pipeline.flatMap(({ $unionWith }) => ($unionWith ? [$unionWith as Document] : []));
    // Reads that share a command are questions of their own.
    const all = [{ coll: collection, pipeline: pipeline.filter((stage) => !stage.$unionWith) }, ...others];
    return others.length === 0
      ? [{ aggregate: collection, pipeline, cursor: {} }]
      : all.map((one) => ({ find: one.coll, filter: one.pipeline[0].$match }));
  }
  if (name === 'findAndModify') return [looking(body.query)];
  if (name === 'update') return (body.updates as Document[]).map(({ q, hint }) => looking(q, { hint }));
  if (name === 'delete') return (body.deletes as Document[]).map(({ q, hint }) => looking(q, { hint }));
  throw new Error(`${name} is not known here`);
}

/** The same question with other values is the same question. */
export function shapeOf(question: Document): string {
  const plain = (value: unknown): unknown => {
    if (value instanceof Map) return Object.fromEntries(value);
    if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof ObjectId) return '?';
    if (Array.isArray(value)) return typeof plain(value[0]) === 'object' ? value.map(plain) : ['?'];
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [/^h\d+$/.test(name) ? 'h' : name, plain(one)]));
  };
  const { find, aggregate, filter, sort, pipeline } = question;
  return `${find ?? aggregate} ${JSON.stringify(plain(filter ?? pipeline))} ${sort ? JSON.stringify(plain(sort)) : ''}`.trim();
}

/** The stages of a plan, from the outermost on. */
export function stagesOf(plan: unknown): string[] {
  if (plan === null || typeof plan !== 'object') return [];
  const own = 'stage' in plan ? [String(plan.stage)] : [];
  return [...own, ...Object.values(plan).flatMap(stagesOf)];
}
