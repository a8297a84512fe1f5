import { judgeReply } from '#libs/mail-reading';
import type { SmtpStage } from './smtp-failure';

/**
 * What a refusal is to us.
 * - `bad-address`: no mail will ever reach the address
 * - `not-on-channel`: this address cannot be reached; another one may
 * - `final`: the mail is to blame, and would be refused again
 * - `passing`: it may work later, for this mail
 * - `too-fast`: the account has sent too much, or is to come back later
 * - `set-up`: the account, the line's address or the server is not as it has to be
 */
type Meaning = 'bad-address' | 'not-on-channel' | 'final' | 'passing' | 'too-fast' | 'set-up';

export interface ReplyMeaning {
  meaning: Meaning;
  /** `SMTP_` and the code that says most. */
  code: string;
  /** For people; the server's own words may hold addresses. */
  words: string;
}

interface Rule {
  /** Where it holds; everywhere without it. */
  at?: readonly SmtpStage[];
  /** Of the first figures, the enhanced code, and the words in lower case. */
  code?: RegExp;
  enhanced?: RegExp;
  words?: RegExp;
  meaning: Meaning;
  says: string;
}

const BEFORE_MAILS = ['connect', 'login'] as const;
const CONTENT = ['data', 'message'] as const;

/** A sender, or a mail too many: by the words of large providers. */
const TOO_MANY =
  /\b(?:rate|throttl\w*|quota|too many|too much|too fast|sending limit|limit exceeded|daily (?:user )?(?:sending|message)|try (?:again )?later|deferred)\b/;
/** Whoever connects may not: the relay asks for a login, or does not know the domain. */
const NO_RELAY =
  /\b(?:relay(?:ing)? (?:access )?(?:denied|not (?:permitted|allowed))|not permitted to relay|unable to relay|authentication (?:is )?required|must (?:be )?(?:authenticate|log ?in)|not (?:verified|authorized|authorised)|sender (?:address )?rejected|not owned by|send ?as)/;
const LISTED = /\b(?:block ?list|blacklist|black ?listed|dnsbl|rbl|spamhaus|barracuda|reputation|block(?:ed)? (?:using|by|list))/;

/**
 * By RFC 5321 and RFC 3463, and by what relays say. The first one that fits holds. What is not here is judged
 * by its first figure.
 */
const RULES: readonly Rule[] = [
  { code: /^421/, meaning: 'too-fast', says: 'the server asks to come back later' },
  { at: ['login'], code: /^454/, meaning: 'too-fast', says: 'the server cannot log in anybody now' },
  { at: ['login'], meaning: 'set-up', says: 'the user or the password is refused' },
  { at: ['connect'], code: /^4/, meaning: 'too-fast', says: 'the server takes no mail now' },
  { at: ['connect'], meaning: 'set-up', says: 'the server takes no mail from here' },
  { code: /^530/, meaning: 'set-up', says: 'the server asks for a login, or for TLS' },
  { enhanced: /^[45]\.4\.5$/, meaning: 'too-fast', says: 'the account has sent as much as it may for now' },
  { enhanced: /^5\.(?:3\.4|2\.3)$/, meaning: 'final', says: 'the mail is larger than the server takes' },
  { at: ['sender', 'message', 'data'], code: /^552/, meaning: 'final', says: 'the mail is larger than the server takes' },
  { enhanced: /^4\.(?:3|7)\./, words: TOO_MANY, meaning: 'too-fast', says: 'the account has sent too much for now' },
  {
    at: ['sender', 'recipient', 'data', 'message'],
    code: /^45/,
    words: TOO_MANY,
    enhanced: /^4\.7\./,
    meaning: 'too-fast',
    says: 'the account has sent too much for now',
  },
  { code: /^45[124]/, enhanced: /^4\.(?:3\.|7\.)/, meaning: 'too-fast', says: 'the server takes no mail now' },
  { at: ['sender'], code: /^4/, meaning: 'too-fast', says: 'the server takes no mail now' },
  {
    code: /^5/,
    enhanced: /^5\.(?:7|2|4)\./,
    words: /\b(?:rate|throttl\w*|quota exceeded|sending limit|too many (?:messages|mails|emails|recipients))\b/,
    at: ['sender', 'data', 'message'],
    meaning: 'too-fast',
    says: 'the account has sent too much for now',
  },
  { at: ['sender'], meaning: 'set-up', says: 'the server refuses the sender' },
  { words: NO_RELAY, meaning: 'set-up', says: 'the server does not take mails from this sender' },
  { at: ['recipient'], code: /^5/, words: LISTED, meaning: 'set-up', says: 'the server blocks whom it gets mails from' },
];

/** What a server's refusal means at that stage. */
export function meaningOf(stage: SmtpStage, reply: string): ReplyMeaning {
  const verdict = judgeReply(reply);
  const code = `SMTP_${(verdict.status ?? String(verdict.code ?? 'REFUSED')).replaceAll('.', '_')}`;
  const words = reply.toLowerCase();
  const rule = RULES.find(
    (one) =>
      (one.at?.includes(stage) ?? true) &&
      (one.code?.test(reply) ?? true) &&
      (one.enhanced === undefined || verdict.codes.some((enhanced) => one.enhanced!.test(enhanced))) &&
      (one.words?.test(words) ?? true),
  );
  if (rule) return { meaning: rule.meaning, code, words: rule.says };
  const isContent = (CONTENT as readonly string[]).includes(stage);
  if (verdict.permanent !== true) {
    return {
      meaning: 'passing',
      code,
      words: isContent ? 'the server does not take the mail now' : 'the address takes no mail now',
    };
  }
  if (isContent || (BEFORE_MAILS as readonly string[]).includes(stage)) {
    return { meaning: 'final', code, words: 'the server refuses the mail' };
  }
  return ofRecipient(verdict, code);
}

/** The server refuses the recipient for good. An address is bad by a code alone: words mislead. */
function ofRecipient({ suppress, codes, blames, status }: ReturnType<typeof judgeReply>, code: string): ReplyMeaning {
  if (suppress && codes.length > 0) return { meaning: 'bad-address', code, words: 'the address does not exist' };
  if (blames === 'temporary') return { meaning: 'passing', code, words: 'the mailbox takes no mail now' };
  if (blames === 'sender' || status?.startsWith('5.7.')) {
    return { meaning: 'final', code, words: 'the server refuses the mail to this recipient' };
  }
  return { meaning: 'not-on-channel', code, words: 'the server refuses the address' };
}
