import { bareAddress, messageIdIn } from './addresses';
import { judged, type ReportRecipient } from './delivery-report';
import { codesIn, Words } from './failure';
import { type HeaderBlock } from './header-block';

/** What a notification of Amazon SES says that its topic sent as a mail. */
export interface SesNotification {
  kind: 'bounce' | 'delay' | 'delivered' | 'complaint' | 'other';
  recipients: ReportRecipient[];
  originalMessageId: string | null;
  feedbackType: string | null;
}

type Json = Record<string, unknown>;

const MAX_JSON = 256 * 1024;
const MAX_RECIPIENTS = 100;

/** Whether a mail is one that Amazon SNS sends to who subscribed to a topic. */
export const isOfSns = (headers: HeaderBlock): boolean => headers.has('x-amz-sns-message-id');

/**
 * Reads the notification that stands as JSON at the beginning of a text (Amazon SES developer guide,
 * "Amazon SNS notification contents"). Its one line is broken where mail asks for it.
 * @returns `null` for anything else
 */
export function readSesNotification(text: string): SesNotification | null {
  const outer = jsonIn(text);
  // A subscription in JSON has the notification as a text of the topic's own.
  const found = typeof outer?.Message === 'string' ? jsonIn(outer.Message) : outer;
  const kind = found === null ? null : (found.notificationType ?? found.eventType);
  if (found === null || typeof kind !== 'string') return null;
  const about = { originalMessageId: originalIdOf(object(found.mail)), feedbackType: null };
  switch (kind) {
    case 'Bounce':
      return bounceOf(object(found.bounce), about);
    case 'Complaint': {
      const complaint = object(found.complaint);
      const recipients = people(complaint.complainedRecipients, 'unknown');
      // `not-spam` is a reader who took a complaint back.
      const feedbackType = string(complaint.complaintFeedbackType) || 'abuse';
      return { ...about, kind: feedbackType === 'not-spam' ? 'other' : 'complaint', recipients, feedbackType };
    }
    case 'Delivery':
      return { ...about, kind: 'delivered', recipients: people(object(found.delivery).recipients, 'delivered') };
    case 'DeliveryDelay':
      return { ...about, kind: 'delay', recipients: people(object(found.deliveryDelay).delayedRecipients, 'delayed') };
    default:
      return { ...about, kind: 'other', recipients: [] };
  }
}

function bounceOf(bounce: Json, about: Pick<SesNotification, 'originalMessageId' | 'feedbackType'>): SesNotification {
  const isTransient = bounce.bounceType === 'Transient';
  const recipients = people(bounce.bouncedRecipients, 'failed').map((one) =>
    // SES itself has looked at what the server said.
    isTransient ? { ...one, suppress: false } : one,
  );
  return { ...about, kind: 'bounce', recipients };
}

/** Recipients are objects in some notifications and plain addresses in others. */
function people(list: unknown, action: ReportRecipient['action']): ReportRecipient[] {
  if (!Array.isArray(list)) return [];
  return list.slice(0, MAX_RECIPIENTS).map((one: unknown) => {
    const fields = object(one);
    const recipient = bareAddress(typeof one === 'string' ? one : string(fields.emailAddress));
    const diagnostic = string(fields.diagnosticCode).replace(/^[\w-]{1,20}\s*;\s*/, '');
    const stated = codesIn(string(fields.status))[0] ?? null;
    return judged({ recipient, originalRecipient: null, action, diagnostic }, stated, new Words(''));
  });
}

/** The sender's own Message-ID, where the notification has the header; else the one that SES made. */
function originalIdOf(mail: Json): string | null {
  const headers = Array.isArray(mail.headers) ? (mail.headers as unknown[]).slice(0, 200).map(object) : [];
  const header = headers.find(({ name }) => string(name).toLowerCase() === 'message-id');
  const named = messageIdIn(string(header?.value)) ?? messageIdIn(string(object(mail.commonHeaders).messageId));
  return named ?? (string(mail.messageId) || null);
}

function jsonIn(text: string): Json | null {
  const begin = text.slice(0, MAX_JSON).trimStart();
  if (!begin.startsWith('{')) return null;
  // What SNS adds stands below an empty line. A break within the JSON is the mail's; Sendmail marks its own.
  const end = /\r?\n\r?\n/.exec(begin)?.index ?? begin.length;
  const line = begin.slice(0, end).replace(/!?\r?\n ?/g, '');
  try {
    return object(JSON.parse(line));
  } catch {
    return null;
  }
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const string = (value: unknown): string => (typeof value === 'string' ? value : '');
