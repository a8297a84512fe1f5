import { readFileSync } from 'node:fs';
import type { Document } from 'mongodb';

const SCALE = 'docs/scale.md';

/** The shard key of each collection, as docs/scale.md has it; `null`: it is not sharded. */
export function shardKeys(): Map<string, string | null> {
  const table = readFileSync(SCALE, 'utf8').split('| shard key')[1]!.split('\n\n')[0]!;
  const rows = table.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
  return new Map(
    rows.flatMap(([, key, collections]) => {
      const named = [...(collections ?? '').matchAll(/`([\w.]+)`/g)].map(([, name]) => name!);
      const field = /`(\w+)`/.exec(key ?? '')?.[1] ?? null;
      return named.map((name): [string, string | null] => [name, field]);
    }),
  );
}

/** Does it name the field's value, or several, so that no more shards have to be asked? */
export function names(field: string, { filter, pipeline }: Document): boolean {
  const conditions = [(filter ?? pipeline?.[0]?.$match ?? {}) as Document];
  for (const condition of conditions) {
    conditions.push(...((condition.$and ?? []) as Document[]));
    const value = condition[field] as unknown;
    if (value !== undefined && isNamed(value)) return true;
  }
  return false;
}

function isNamed(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true;
  const operators = Object.keys(value).filter((name) => name.startsWith('$'));
  return operators.length === 0 || operators.includes('$in') || operators.includes('$eq');
}

/** Looks of ticks for what is due in any workspace: a stretch of an index, and no more than a batch of it. */
export const TICKS = [
  'find accountReadings {"channel":{"$in":["?"]},"_id":{"$gt":"?"},"activeUntil":{"$gt":"?"}} {"_id":1}',
  'find accountReadings {"nextAt":{"$gt":"?"}} {"nextAt":1}',
  'find accountReadings {"nextAt":{"$lte":"?"}} {"nextAt":1}',
  'find accountWatches {"until":{"$gt":"?"}} {"until":1}',
  'find events {"place":"?","workspaceId":{"$gt":"?"}} {"workspaceId":1,"order":1}',
  'find events {"place":"?"} {"workspaceId":1,"order":1}',
  'find inboundCalls {"tryAt":{"$gt":"?"}} {"tryAt":1}',
  'find lineTurns {"lookAt":{"$gt":"?"}} {"lookAt":1}',
  'find lineTurns {"lookAt":{"$lte":"?"}} {"lookAt":1}',
  'find messages {"_id":{"$lt":"?"}} {"_id":1}',
  'find messages {"kind":{"$gt":"?"},"createdAt":{"$lt":"?"},"status":{"$in":["?"]}}',
  'find messages {"status":"?","claim.until":{"$gt":"?","$lte":"?"}}',
  'find messages {"status":"?","claim.until":{"$gt":"?"}} {"claim.until":1}',
  'find messages {"status":"?","dueAt":{"$gt":"?"}} {"dueAt":1}',
  'find messages {"status":"?","dueAt":{"$lte":"?"}}',
  'find messages {"status":"?","dueAt":{"$lte":"?"}} {"dueAt":1}',
  'find messages {"status":"?","ready":"?","notBefore":{"$gt":"?"}} {"notBefore":1}',
  'find messages {"status":"?","ready":"?","notBefore":{"$lte":"?"}} {"notBefore":1}',
  'find messages {"status":"?","turnAt":{"$gt":"?"}} {"turnAt":1}',
  'find messages {"turnAt":{"$gt":"?","$lte":"?"},"status":"?"}',
  'find replies {"filesDueAt":{"$gt":"?"}} {"filesDueAt":1}',
  'find suppressions {"reviewUntil":{"$gt":"?","$lte":"?"}} {"reviewUntil":1}',
  'find suppressions {"reviewUntil":{"$gt":"?"}} {"reviewUntil":1}',
  'find webhookDeliveries {"state":"?","webhookId":{"$gt":"?"}} {"webhookId":1,"dueAt":1}',
  'find webhookDeliveries {"state":"?"} {"webhookId":1,"dueAt":1}',
];
export const MOST_OF_A_TICK = 500;

/** What else asks all shards, and why it may. */
export const RARE: Record<string, string> = {
  'aggregate counters [{"$group":{"_id":{"workspaceId":"?","subject":"?","key":"?"},"rows":{"$sum":"?"}}},{"$match":{"rows":{"$gte":"?"}}}]':
    'once in a while, of a collection that is kept small',
  'delete messages {"_id":{"$in":["?"]},"status":{"$in":["?"]},"changedAt":{"$lt":"?"}}': 'retention, by id',
  'find messages {"enrollmentId":{"$in":["?"]},"stepIndex":{"$gte":"?"},"$or":[{"status":{"$nin":["?"]}},{"changedAt":{"$gte":"?"}}]}':
    'retention',
  'delete recipients {"messageId":"?","token":"?","kept":"?"}': 'after the death of a worker, once for each message',
  'find recipients {"messageId":{"$in":["?"]},"kept":"?"}': 'retention',
  'find campaignAnswers {"_id":{"$in":["?"]}}': 'the erasure of a person',
  'delete webhookDeliveries {"workspaceId":"?","addresses":{"$in":["?"]}}': 'the erasure of a person',
  'delete webhookDeliveries {"workspaceId":"?","leadIds":"?"}': 'the same',
  'find webhookDeliveries {"workspaceId":"?","addresses":{"$in":["?"]}}': 'the export of a person',
  'find webhookDeliveries {"workspaceId":"?","leadIds":"?"}': 'the same',
  'find inboundCalls {"workspaceId":"?","tryAt":{"$gt":"?"}}': 'the erasure of a person',
  'find keptAnswers {"_id":{"$gte":"?","$lt":"?"},"state":"?","createdAt":{"$lte":"?"},"lockedUntil":{"$gt":"?"}}': 'the same',
  'find keptAnswers {"_id":{"$gte":"?","$lt":"?"}}': 'the same',
  'find lineTurns {"workspaceId":"?"}': 'what messages are shown to wait for: a document for each line',
  'findAndModify replies {"filesDueAt":{"$gt":"?","$lte":"?"}} {"filesDueAt":1}': 'a reply with files, one at a time',
  'findAndModify inboundCalls {"tryAt":{"$gt":"?","$lte":"?"}}': 'a callback whose process died, one at a time',
};
