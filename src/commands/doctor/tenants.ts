import type { Db, Document, Filter } from 'mongodb';
import type { LineDocument } from '../../lines/infrastructure/line.schema';
import type { WebhookDocument } from '../../webhooks/infrastructure/webhook.schema';
import { type Finding, some } from './finding';

/** Shorter than that, lines and endpoints come back by themselves, as a rule. */
const LONG_MS = 3_600_000;
/** So many of a kind are read: enough to name some, and to say that there are many. */
const READ_AT_MOST = 1_000;

interface Rule {
  collection: 'lines' | 'webhooks';
  filter: Filter<LineDocument> | Filter<WebhookDocument>;
  /** How one is named: by its id, and what helps. */
  nameOf: (document: Document) => string;
  /** Takes the names of some of them. */
  says: (named: string, count: string) => string;
  cure: string;
}

/** Lines that cannot send, and endpoints that are told of nothing. */
export async function examineTenants(db: Db, now: () => number): Promise<Finding[]> {
  const found = await Promise.all(rulesAt(new Date(now() - LONG_MS)).map((rule) => examine(db, rule)));
  return found.flat();
}

async function examine(db: Db, { collection, filter, nameOf, says, cure }: Rule): Promise<Finding[]> {
  const documents = await db
    .collection(collection)
    .find(filter as Filter<Document>, { limit: READ_AT_MOST })
    .toArray();
  if (documents.length === 0) return [];
  const count = documents.length === READ_AT_MOST ? `${READ_AT_MOST} or more` : String(documents.length);
  return [{ problem: says(some(documents.map(nameOf)), count), cure }];
}

const ofWorkspace = ({ _id, workspaceId }: Document): string => `${String(_id)} (${String(workspaceId)})`;

const rulesAt = (longAgo: Date): Rule[] => [
  {
    collection: 'lines',
    // By the index of those that are probed.
    filter: { 'health.tryAgainAt': { $gt: new Date(0) }, 'health.unhealthySince': { $lte: longAgo }, isActive: true },
    nameOf: ofWorkspace,
    says: (named, count) => `Active lines that have been unhealthy for more than an hour: ${count}: ${named}`,
    cure: 'GET /api/lines says why under health.reason: the device is off, the address of its bridge or its password has changed',
  },
  {
    collection: 'lines',
    filter: { isActive: true, bridgeUrl: { $type: 'string' }, bridgePassword: null },
    nameOf: ofWorkspace,
    says: (named, count) => `Active lines without the password of their bridge: ${count}: ${named}`,
    cure: 'Enter it: PATCH /api/lines/:id { "bridgePassword": "…" }',
  },
  {
    collection: 'webhooks',
    filter: { isActive: false, disabledReason: { $in: ['gone', 'failing'] } },
    nameOf: (document) => `${ofWorkspace(document)}, ${String(document.disabledReason)}`,
    says: (named, count) => `Webhooks that were switched off because of their answers: ${count}: ${named}`,
    cure: 'Their owners mend the endpoint and switch it on again: PATCH /api/webhooks/:id { "isActive": true }',
  },
  {
    collection: 'webhooks',
    filter: { isActive: true, failingSince: { $lte: longAgo } },
    nameOf: ofWorkspace,
    says: (named, count) => `Webhooks that have failed for more than an hour: ${count}: ${named}`,
    cure: 'GET /api/webhooks/:id/deliveries says how; after five days without a success they are switched off',
  },
];
