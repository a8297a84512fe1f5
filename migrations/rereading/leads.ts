import type { Collection, Db, Document } from 'mongodb';
import { addressesOf } from '../../src/leads/domain/lead';
import { searchTokens } from '../../src/leads/domain/search/tokens';
import type { MigrationContext } from '../../src/platform/migrations';
import { batchesOf, counted } from './batches';
import { type ContactKind, EMAILS, isStillChecked, PHONES, type Reread, rereadContacts } from './lead-contacts';
import { LostCover } from './lost-cover';
import type { StoredLead } from './stored-lead';

const BOTH: readonly ContactKind[] = [PHONES, EMAILS];
/** Where the list has another lead of the new form, the kind that it has nothing against is left to try. */
const ATTEMPTS: readonly (readonly ContactKind[])[] = [BOTH, [PHONES], [EMAILS]];
/** What is large, and decides nothing here. */
const PROJECTION = { customFields: 0, notes: 0, linkedinUrl: 0, jobTitle: 0 };
const DUPLICATE_KEY = 11_000;
const REPORT_EVERY = 50_000;

/** What a run has come to. */
interface Run {
  db: Db;
  say: (line: string) => void;
  lostCover: LostCover;
  changed: number;
  kept: number;
}

const leadsOf = (db: Db): Collection<StoredLead> => db.collection<StoredLead>('leads');

export async function planLeads(db: Db): Promise<string[]> {
  let [changing, dropping, unreachable] = [0, 0, 0];
  for await (const batch of batchesOf<StoredLead>(db, { collection: 'leads', projection: PROJECTION })) {
    for (const lead of batch) {
      const next = rereadContacts(lead, BOTH);
      if (!next) continue;
      changing += 1;
      if (next.dropped.length > 0) dropping += 1;
      if (addressesOf(next.contacts).length === 0) unreachable += 1;
    }
  }
  const lines: [number, string][] = [
    [changing, 'of leads have phones or e-mail addresses that are read in another way today.'],
    [dropping, 'of them have some that are not usable, such as placeholders: these go, their text stays.'],
    [unreachable, 'of them have no other, and stay leads without any.'],
  ];
  return lines.flatMap(([count, text]) => (count > 0 ? [`${counted(count)} ${text}`] : []));
}

export async function runLeads({ db, goOn, say }: MigrationContext): Promise<void> {
  const run: Run = { db, say, lostCover: new LostCover(db), changed: 0, kept: 0 };
  let done = 0;
  for await (const batch of batchesOf<StoredLead>(db, { collection: 'leads', projection: PROJECTION })) {
    goOn();
    await rewriteBatch(run, batch);
    if (Math.floor((done + batch.length) / REPORT_EVERY) > Math.floor(done / REPORT_EVERY)) {
      say(`${counted(done + batch.length)} of leads are read …`);
    }
    done += batch.length;
  }
  if (run.changed > 0) say(`${counted(run.changed)} of leads are changed.`);
  if (run.kept > 0) say(`${counted(run.kept)} of leads keep contacts that another lead of their list has in the new form.`);
}

/** All of a batch in one command; one by one where that met another lead's address, or another writer. */
async function rewriteBatch(run: Run, batch: readonly StoredLead[]): Promise<void> {
  const changing = batch.flatMap((lead) => {
    const next = rereadContacts(lead, BOTH);
    return next ? [{ lead, next }] : [];
  });
  if (changing.length === 0) return;
  await run.lostCover.writeDown(changing);
  const writes = changing.map(({ lead, next }) => ({ updateOne: { filter: asRead(lead), update: updateOf(lead, next) } }));
  const written = await leadsOf(run.db)
    .bulkWrite(writes, { ordered: false })
    .then(({ matchedCount }) => matchedCount)
    .catch((error: unknown) => (isDuplicateKey(error) ? 0 : Promise.reject(error as Error)));
  if (written === changing.length) run.changed += written;
  else for (const { lead } of changing) await rewriteOne(run, lead);
}

async function rewriteOne(run: Run, read: StoredLead): Promise<void> {
  const { db, say } = run;
  const refused = new Set<readonly ContactKind[]>();
  for (;;) {
    const lead = await leadsOf(db).findOne({ _id: read._id }, { projection: PROJECTION });
    if (!lead) return;
    const kinds = ATTEMPTS.find((some) => !refused.has(some) && rereadContacts(lead, some));
    // What the batch has written is done.
    if (!kinds && refused.size === 0) run.changed += 1;
    if (!kinds) return;
    const next = rereadContacts(lead, kinds)!;
    await run.lostCover.writeDown([{ lead, next }]);
    try {
      const { matchedCount } = await leadsOf(db).updateOne(asRead(lead), updateOf(lead, next));
      if (matchedCount === 0) continue;
      if (refused.size === 0) run.changed += 1;
      return;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      refused.add(kinds);
      if (kinds !== BOTH) continue;
      run.kept += 1;
      say(await collisionOf(db, lead, next));
    }
  }
}

const isDuplicateKey = (error: unknown): boolean => (error as { code?: number }).code === DUPLICATE_KEY;

/** The lead, unless somebody has changed it since. */
const asRead = ({ _id, updatedAt }: StoredLead) => ({ _id, updatedAt });

function updateOf(lead: StoredLead, next: Reread): Document {
  const { contacts, original } = next;
  const unchecked = { availabilityStatus: null, availabilityCheckedAt: null, availableAddress: null, availabilityReason: null };
  return {
    $set: {
      ...contacts,
      original,
      addresses: addressesOf(contacts),
      search: searchTokens({ ...lead, ...contacts }),
      ...(!isStillChecked(next, lead.availableAddress) && unchecked),
    },
    // Of the database's clock, since readers of changes may not have passed it yet.
    $currentDate: { updatedAt: true },
  };
}

/** Names nobody: ids are enough to find both. */
async function collisionOf(db: Db, lead: StoredLead, next: Reread): Promise<string> {
  const { workspaceId, listIds } = lead;
  for (const field of ['phone', 'email'] as const) {
    const value = next.contacts[field];
    if (value === null || value === lead[field]) continue;
    const other = await leadsOf(db).findOne(
      { workspaceId, listIds: { $in: listIds }, [field]: value, _id: { $ne: lead._id } },
      { projection: { _id: 1 } },
    );
    if (other) {
      return `Workspace ${workspaceId}: the lead ${lead._id.toHexString()} keeps its ${field}, since the lead ${other._id.toHexString()} of its list has the new form.`;
    }
  }
  return `Workspace ${workspaceId}: the lead ${lead._id.toHexString()} keeps what it has, since another lead of its list has the new form.`;
}
