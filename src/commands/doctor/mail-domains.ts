import type { Db, Document } from 'mongodb';
import type { ChannelWarning } from '../../channels';
import type { TxtLookup } from '../../channels/infrastructure/txt-records';
import { warningsOf } from '../../channels/smtp/domain-records';
import type { Finding } from './finding';

/** So many domains are looked at. */
const MOST_DOMAINS = 100;

/** A domain that mails are from, and where the key is to be found that signs them. */
interface MailDomain {
  domain: string;
  dkim: { domain: string; selector: string } | null;
}

/**
 * Do the DNS records of domains that mails are from tell who sends them? Whether a key fits the private key
 * of its account is told by GET /api/accounts/:id/health: secrets are not opened here.
 */
export async function examineMailDomains(db: Db, lookUp: TxtLookup): Promise<Finding[]> {
  const found = await Promise.all((await mailDomains(db)).map((one) => warningsFor(one, lookUp)));
  const byProblem = new Map(found.flat().map((warning) => [warning.problem, warning]));
  return [...byProblem.values()].map(({ problem, cure }) => ({
    problem: `DNS of mail domains: ${withoutStop(problem)}`,
    cure: withoutStop(cure),
  }));
}

function warningsFor({ domain, dkim }: MailDomain, lookUp: TxtLookup): Promise<ChannelWarning[]> {
  return warningsOf([domain], dkim && { ...dkim, type: 'rsa', publicKeys: null }, lookUp);
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');

async function mailDomains(db: Db): Promise<MailDomain[]> {
  const lines = await db
    .collection('lines')
    .aggregate([
      { $match: { channel: 'email', isActive: true, email: { $type: 'string' } } },
      { $group: { _id: { domain: { $last: { $split: ['$email', '@'] } }, accountId: '$accountId' } } },
      { $sort: { '_id.domain': 1 } },
      { $limit: MOST_DOMAINS },
      { $lookup: { from: 'accounts', localField: '_id.accountId', foreignField: '_id', as: 'accounts' } },
    ])
    .toArray();
  return lines.map(({ _id, accounts }) => {
    const { dkimDomain: domain, dkimSelector: selector } = ((accounts as Document[])[0]?.settings ?? {}) as Record<
      string,
      unknown
    >;
    const isWhole = typeof domain === 'string' && typeof selector === 'string' && domain !== '' && selector !== '';
    return { domain: (_id as { domain: string }).domain, dkim: isWhole ? { domain, selector } : null };
  });
}
