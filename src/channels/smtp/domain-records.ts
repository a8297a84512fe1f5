import type { ChannelWarning } from '../domain/warnings';
import type { TxtLookup } from '../infrastructure/txt-records';

/** A DKIM key, as far as its record tells of it. */
export interface PublishedKey {
  domain: string;
  selector: string;
  /** In base64, in each form in which a record may have it; `null`: not known here. */
  publicKeys: readonly string[] | null;
  type: 'rsa' | 'ed25519';
}

/** Nobody can have records there (RFC 2606, RFC 6761): they stand for domains in examples and tests. */
const RESERVED = new Set(['example', 'invalid', 'localhost', 'local', 'test']);
const MOST_LABELS = 8;

/**
 * What the records of domains that mails are from lack, for those who get them to tell who sent them. What
 * cannot be looked up is no finding.
 */
export async function warningsOf(
  domains: readonly string[],
  key: PublishedKey | null,
  lookUp: TxtLookup,
): Promise<ChannelWarning[]> {
  const names = [...new Set(domains.map((domain) => domain.toLowerCase()))].filter(isReal);
  const found = await Promise.all([
    ...names.flatMap((domain) => [spfWarning(domain, lookUp), dmarcWarning(domain, lookUp)]),
    key && isReal(key.domain) ? dkimWarning(key, lookUp) : null,
  ]);
  return found.filter((one) => one !== null);
}

const isReal = (domain: string): boolean => {
  const labels = domain.split('.');
  return labels.length > 1 && !RESERVED.has(labels.at(-1)!.toLowerCase());
};

const warning = (kind: string, problem: string, cure: string): ChannelWarning => ({ kind, problem, cure });

/** https://www.rfc-editor.org/rfc/rfc7208 */
async function spfWarning(domain: string, lookUp: TxtLookup): Promise<ChannelWarning | null> {
  const all = await lookUp(domain);
  if (all === null) return null;
  const [record, ...others] = all.filter((text) => /^v=spf1(?: |$)/i.test(text));
  if (record === undefined) {
    const cure = `Set a TXT record at ${domain}: "v=spf1 include:YOUR-RELAY -all", with all that send mails for it.`;
    return warning('spf_missing', `${domain} has no SPF record.`, cure);
  }
  if (others.length > 0) {
    const problem = `${domain} has ${others.length + 1} SPF records, so that none of them counts.`;
    return warning('spf_several', problem, `Leave one TXT record with v=spf1 at ${domain}, with all that send mails for it.`);
  }
  if (isClosed(record)) return null;
  const cure = `Let the TXT record with v=spf1 at ${domain} end in "-all", or in "~all" for a beginning.`;
  return warning(
    'spf_open',
    `The SPF record of ${domain} does not end in "all": it says nothing of servers that it does not name.`,
    cure,
  );
}

/** Does the record end in `all`, but for modifiers, or go on at another domain? */
function isClosed(record: string): boolean {
  const terms = record.trim().toLowerCase().split(/ +/).slice(1);
  const mechanisms = terms.filter((term) => !/^[a-z][\w.-]*=/.test(term));
  return /^[+\-~?]?all$/.test(mechanisms.at(-1) ?? '') || terms.some((term) => term.startsWith('redirect='));
}

/** The record of the domain, or of the nearest domain above it that has one. https://www.rfc-editor.org/rfc/rfc7489 */
async function dmarcWarning(domain: string, lookUp: TxtLookup): Promise<ChannelWarning | null> {
  const found = await Promise.all(
    withParents(domain).map(async (name) => {
      const all = await lookUp(`_dmarc.${name}`);
      return { name: `_dmarc.${name}`, records: all && all.filter((text) => /^v\s*=\s*DMARC1\s*(?:;|$)/.test(text)) };
    }),
  );
  // One that could not be looked up may be the one that counts.
  const first = found.find(({ records }) => records === null || records.length > 0);
  if (first?.records === null) return null;
  const example = '"v=DMARC1; p=none; rua=mailto:YOUR-ADDRESS"';
  if (!first) {
    const cure = `Set a TXT record at _dmarc.${domain}: ${example}.`;
    return warning('dmarc_missing', `${domain} has no DMARC record, and no domain above it has one.`, cure);
  }
  const { name, records } = first;
  if (records.length > 1) {
    const problem = `There are ${records.length} DMARC records at ${name}, so that none of them counts.`;
    return warning('dmarc_several', problem, `Leave one TXT record with v=DMARC1 at ${name}.`);
  }
  const policy = tagsOf(records[0]!).get('p')?.toLowerCase();
  if (policy === 'none' || policy === 'quarantine' || policy === 'reject') return null;
  const cure = `Write p=none, p=quarantine or p=reject into the TXT record at ${name}, such as ${example}.`;
  return warning('dmarc_without_policy', `The DMARC record at ${name} says no policy.`, cure);
}

/** The domain and those above it, down to two labels; of a long one the last eight. */
function withParents(domain: string): string[] {
  const labels = domain.split('.');
  const above = labels.slice(1, -1).map((_, index) => labels.slice(index + 1));
  return [domain, ...above.filter(({ length }) => length < MOST_LABELS).map((rest) => rest.join('.'))];
}

/** https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1 */
async function dkimWarning(key: PublishedKey, lookUp: TxtLookup): Promise<ChannelWarning | null> {
  const name = `${key.selector}._domainkey.${key.domain}`.toLowerCase();
  const all = await lookUp(name);
  if (all === null) return null;
  const published = all.map(tagsOf).flatMap((tags) => (tags.has('p') ? [tags.get('p')!.replace(/\s/g, '')] : []));
  const value = key.publicKeys ? `"v=DKIM1; k=${key.type}; p=${key.publicKeys[0]}"` : 'the public key of the account';
  const cure = `Set a TXT record at ${name}: ${value}.`;
  if (published.length === 0) return warning('dkim_missing', `There is no DKIM key at ${name}.`, cure);
  if (key.publicKeys === null || published.some((one) => key.publicKeys!.includes(one))) return null;
  const problem = `The DKIM key at ${name} does not fit the private key of the account, so that every signature is wrong.`;
  return warning('dkim_mismatch', problem, cure);
}

/** The tags of a record, `a=b; c=d`. */
const tagsOf = (record: string): Map<string, string> =>
  new Map(
    record.split(';').flatMap((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const];
    }),
  );
