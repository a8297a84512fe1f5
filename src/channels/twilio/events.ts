import type { InboundEvent, ReplyEvent } from '../domain/channel';
import type { InboundAnswer, InboundContent } from '../domain/inbound';
import type { InboundMedia } from '../domain/inbound-media';
import { quotedBy } from '../domain/reactions';
import { failureOf } from './errors';
import { isMessageSid } from './twilio.protocol';

/** In the query of the URL at which Twilio reports about an attempt. */
export const ATTEMPT = 'attempt';

/** Twilio names at most ten files. */
const MAX_MEDIA = 10;

/** Twilio blocks whoever writes one of these words alone, whatever we make of it. */
const STOP_WORDS = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout']);
const OPT_OUT_TYPES: Readonly<Record<string, ReplyEvent['keyword']>> = { STOP: 'opt_out', START: 'opt_in', HELP: 'help' };

type Fields = ReadonlyMap<string, string>;

/** A call by GET has everything in its query. */
const fieldsOf = ({ form, query }: InboundContent): Fields => new Map(form.length > 0 ? form : query);

/** What a call of Twilio's means. */
export function eventsOf(call: InboundContent, receivedAt: Date): InboundEvent[] {
  const fields = fieldsOf(call);
  const sid = fields.get('MessageSid');
  if (!isMessageSid(sid)) return [];
  const status = fields.get('MessageStatus');
  if (status === undefined) return replyOf(fields, sid, receivedAt);
  const attempt = call.query.find(([name]) => name === ATTEMPT)?.[1] || null;
  const proof: InboundEvent[] = attempt ? [{ kind: 'accepted', externalId: sid, providerId: attempt }] : [];
  return [...proof, ...statusOf(status, { sid, attempt, error: Number(fields.get('ErrorCode')) || null, receivedAt })];
}

/** Twilio tells no time; of what comes late only what is final says anything. */
function statusOf(
  status: string,
  about: { sid: string; attempt: string | null; error: number | null; receivedAt: Date },
): InboundEvent[] {
  const { sid: externalId, attempt: providerId, error, receivedAt: at } = about;
  if (status === 'delivered' || status === 'read') return [{ kind: status, externalId, ...(providerId && { providerId }), at }];
  const failure = failureOf(status, error);
  return failure ? [{ kind: 'send-error', externalId, providerId, ...failure }] : [];
}

/** Somebody wrote to a number. */
function replyOf(fields: Fields, externalId: string, at: Date): InboundEvent[] {
  const [from, to, text] = [fields.get('From'), fields.get('To') ?? null, fields.get('Body') ?? ''];
  if (!from) return [];
  const media = mediaOf(fields);
  const inReplyTo = fields.get('OriginalRepliedMessageSid') || null;
  const keyword = keywordOf(fields.get('OptOutType'), text);
  const reply = { kind: 'reply', externalId, from, to, text, at, inReplyTo, quotes: quotedBy(text) } as const;
  return [{ ...reply, ...(media.length > 0 && { media }), ...(keyword && { keyword }) }];
}

function mediaOf(fields: Fields): InboundMedia[] {
  const count = Math.min(MAX_MEDIA, Number(fields.get('NumMedia')) || 0);
  return Array.from({ length: count }, (_, index) => {
    const [ref, type] = [fields.get(`MediaUrl${index}`) ?? '', fields.get(`MediaContentType${index}`) || null];
    return { ref, name: null, type, size: null };
  }).filter(({ ref }) => URL.canParse(ref));
}

/** With Advanced Opt-Out Twilio says what it has made of a text, also by words of the customer's own. */
export function keywordOf(optOutType: string | undefined, text: string): ReplyEvent['keyword'] {
  if (optOutType) return OPT_OUT_TYPES[optOutType];
  return STOP_WORDS.has(text.trim().toLowerCase()) ? 'opt_out' : undefined;
}

/** Twilio takes an empty 200 for an error where it asks what to answer; about a status it asks nothing. */
export const answerTo = (call: InboundContent): InboundAnswer =>
  fieldsOf(call).has('MessageStatus')
    ? { status: 204 }
    : { status: 200, xml: '<?xml version="1.0" encoding="UTF-8"?><Response/>' };
