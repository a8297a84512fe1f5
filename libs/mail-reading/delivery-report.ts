import { aboutRecipient } from './about-recipient';
import { recipientIn } from './addresses';
import { codesIn, judgeFailure, Words } from './failure';
import { type Fields, withoutComment } from './fields';

type Action = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'unknown';

/** What a report says about one recipient. */
export interface ReportRecipient {
  /** Where the mail could not go; null where the report does not name anybody. */
  recipient: string | null;
  /** Whom it was sent to, where the report says that this was somebody else (a forward, an alias). */
  originalRecipient: string | null;
  action: Action;
  /** The enhanced code (RFC 3463) that says most, or null. */
  status: string | null;
  /** By the class of the code; null where nothing says it. */
  permanent: boolean | null;
  /** Whose fault it is, or whether it may pass; null where nothing failed. */
  blames: 'recipient' | 'sender' | 'temporary' | null;
  /** The address does not exist, beyond doubt: nobody should write to it again. */
  suppress: boolean;
  /** The words of the server that refused. */
  diagnostic: string;
}

const MAX_DIAGNOSTIC = 1_000;
const FAILED = /^(?:fail|error|expire|bounce|undeliver|reject|refuse|dropped|return)/;
const DELAYED = /^(?:delay|defer|warn|retry|retrie|temp)/;
const RECIPIENT_FIELDS = ['final-recipient', 'original-recipient', 'x-actual-recipient', 'x-failed-recipient'];
const OF_RECIPIENT = [...RECIPIENT_FIELDS, 'action', 'status', 'diagnostic-code'];

/**
 * Reads the groups of a `message/delivery-status` part (RFC 3464).
 * @param notice what the report says to people; it decides where the fields say nothing
 */
export function recipientsOf(groups: readonly Fields[], notice: string): ReportRecipient[] {
  const about = joined(groups).slice(0, MAX_RECIPIENTS);
  const words = new Words(notice);
  const lines = notice.split('\n', MAX_NOTICE_LINES);
  return about.map((fields) => {
    const addresses = RECIPIENT_FIELDS.map((name) => recipientIn(fields.get(name)));
    const recipient = addresses[0] ?? addresses[1] ?? addresses[2] ?? addresses[3] ?? null;
    const original = addresses[1] ?? null;
    // Where nothing else is said, the comment of the status says why.
    const diagnostic = wordsOf(fields.get('diagnostic-code') ?? '') || commentOf(fields.get('status') ?? '');
    const stated = codesIn(withoutComment(fields.get('status') ?? ''))[0] ?? null;
    const action = actionOf(withoutComment(fields.get('action') ?? '').toLowerCase(), stated, diagnostic);
    const who = { recipient, originalRecipient: original === recipient ? null : original, action, diagnostic };
    // What is said of one of them says nothing of the others.
    const ownWords = about.length < 2 ? words : new Words(recipient === null ? '' : aboutRecipient(lines, recipient, true));
    return judged(who, stated, ownWords);
  });
}

const MAX_RECIPIENTS = 100;
const MAX_NOTICE_LINES = 300;

/** A recipient with the verdict on what happened. */
export function judged(
  who: Pick<ReportRecipient, 'recipient' | 'originalRecipient' | 'action' | 'diagnostic'>,
  stated: string | null,
  notice: Words,
): ReportRecipient {
  const { action } = who;
  const diagnostic = who.diagnostic.slice(0, MAX_DIAGNOSTIC);
  if (action !== 'failed' && action !== 'delayed') {
    return { ...who, diagnostic, status: stated, permanent: null, blames: null, suppress: false };
  }
  const verdict = judgeFailure({ isFinal: action === 'failed', status: stated, diagnostic: who.diagnostic, notice });
  return { ...who, diagnostic, ...verdict };
}

/** `smtp; 550 5.1.1 …` without the kind of system. */
function wordsOf(diagnostic: string): string {
  return diagnostic.replace(/^[\w-]{1,20}\s*;\s*/, '').trim();
}

/** `5.4.4 (Illegal host/domain name found)`, with the code, which is then its own. */
const commentOf = (status: string): string => (/\([^()]{3,300}\)/.test(status) ? status.trim() : '');

function actionOf(action: string, status: string | null, diagnostic: string): Action {
  if (FAILED.test(action)) return 'failed';
  if (DELAYED.test(action)) return 'delayed';
  if (action.startsWith('deliver')) return action.startsWith('deliverable') ? 'unknown' : 'delivered';
  if (action.startsWith('relay')) return 'relayed';
  if (action.startsWith('expand')) return 'expanded';
  const figure = (status ?? codesIn(diagnostic)[0])?.[0];
  return figure === '5' ? 'failed' : figure === '4' ? 'delayed' : figure === '2' ? 'delivered' : 'unknown';
}

/** The groups that are about recipients; one that an empty line cut in two is one. */
function joined(groups: readonly Fields[]): Fields[] {
  const found: Map<string, string>[] = [];
  for (const group of groups) {
    if (!OF_RECIPIENT.some((name) => group.has(name))) continue;
    const last = found.at(-1);
    const isRest = last && !last.has('action') && !last.has('status') && !RECIPIENT_FIELDS.some((name) => group.has(name));
    if (isRest) for (const [name, value] of group) last.set(name, value);
    else found.push(new Map(group));
  }
  return found;
}
