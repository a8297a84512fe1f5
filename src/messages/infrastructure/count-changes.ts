import type { CountChange, Counts } from '../../platform/counters';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import type { Message } from '../domain/message';
import { campaignSubject, type Counted, dailySubject, dayKeys, statusKey } from '../domain/message-counts';

/** A message as it is now, and what it counted as before; `null`: it is new. */
export interface StatusChange {
  message: Message;
  was: Counted | null;
}

/** Counts the changes, in the transaction that makes them. */
export async function addChanges(counts: Counts, changes: readonly StatusChange[], transaction: Transaction): Promise<void> {
  for (const [workspaceId, list] of countChanges(changes)) await counts.add(workspaceId, list, transaction);
}

/** What the changes come to for the counts of their campaigns, by workspace. Direct sends count nowhere. */
function countChanges(changes: readonly StatusChange[]): Map<WorkspaceId, CountChange[]> {
  const byWorkspace = new Map<WorkspaceId, CountChange[]>();
  for (const { message, was } of changes) {
    if (!message.campaignId) continue;
    const list = byWorkspace.get(message.workspaceId) ?? [];
    if (was) list.push(...countedAs(message.campaignId, was, -1));
    list.push(...countedAs(message.campaignId, message, 1));
    byWorkspace.set(message.workspaceId, list);
  }
  return byWorkspace;
}

const countedAs = (campaignId: string, message: Counted, n: 1 | -1): CountChange[] => [
  { subject: campaignSubject(campaignId), key: statusKey(message.stepId, message.status), n },
  ...dayKeys(message).map((key) => ({ subject: dailySubject(campaignId), key, n })),
];
