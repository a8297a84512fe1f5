import type { ChannelName, Channels } from '../../channels/domain';
import { type ErrorDetail, ValidationFailed } from '../../platform/errors';
import type { ChannelContent, Content } from './content';

/** Characters of a text, a subject and HTML, as they are given. */
export const MAX_TEMPLATE_LENGTH = 10_000;
export const MAX_SUBJECT_LENGTH = 500;
export const MAX_HTML_LENGTH = 100_000;

interface Expected {
  /** Where `byChannel` stands: `steps.0.byChannel`. */
  field: string;
  /** What the text is called there. */
  text: 'template' | 'message';
  channels: Channels;
}

/**
 * What is said otherwise on some channels, as it was given: by name of the channel its text, `subject` and
 * `html`; nothing for `undefined` and `null`.
 * @throws ValidationFailed
 */
export function parseByChannel(given: unknown, expected: Expected): Record<ChannelName, ChannelContent> {
  if (given === undefined || given === null) return {};
  const { field, channels } = expected;
  if (!isObject(given)) throw refusal(field, 'must be an object, by name of the channel');
  const problems = Object.keys(given).flatMap((name): ErrorDetail[] =>
    channels.isKnown(name)
      ? []
      : [{ field: `${field}.${name}`, message: `is no channel: must be one of ${channels.names.join(', ')}` }],
  );
  if (problems.length > 0) throw new ValidationFailed(problems);
  return Object.fromEntries(Object.entries(given).map(([name, own]) => [name, ofChannel(own, name, expected)]));
}

function ofChannel(given: unknown, name: ChannelName, { field, text, channels }: Expected): ChannelContent {
  const at = `${field}.${name}`;
  if (!isObject(given)) throw refusal(at, `must be an object with ${text}, subject or html`);
  const extra = Object.keys(given).find((key) => ![text, 'subject', 'html'].includes(key));
  if (extra !== undefined) throw refusal(`${at}.${extra}`, 'is not a known field');
  const template = stringOf(given[text], `${at}.${text}`, MAX_TEMPLATE_LENGTH);
  if (template !== undefined && (template === null || template.trim() === ''))
    throw refusal(`${at}.${text}`, 'must not be empty');
  const subject = stringOf(given.subject, `${at}.subject`, MAX_SUBJECT_LENGTH);
  const html = stringOf(given.html, `${at}.html`, MAX_HTML_LENGTH);
  const takes = channels.contentOf(name);
  if (subject && !takes.subject) throw refusal(`${at}.subject`, `cannot be sent by ${name}`);
  if (html && !takes.html) throw refusal(`${at}.html`, `cannot be sent by ${name}`);
  return {
    ...(template !== undefined && { template }),
    ...(subject !== undefined && { subject: subject || null }),
    ...(html !== undefined && { html: html || null }),
  };
}

function stringOf(given: unknown, field: string, max: number): string | null | undefined {
  if (given === undefined || given === null) return given;
  if (typeof given !== 'string') throw refusal(field, 'must be a string');
  if (given.length > max) throw refusal(field, `must be at most ${max} characters`);
  return given;
}

/** The part of a subject or HTML that none of the channels can carry. */
export function uncarried(
  { subject, html }: Pick<Content, 'subject' | 'html'>,
  by: readonly ChannelName[],
  channels: Channels,
): ErrorDetail[] {
  const carriers = by.map((name) => channels.contentOf(name));
  const message = `cannot be sent by ${by.join(' or ')}`;
  return [
    ...(subject !== null && !carriers.some((takes) => takes.subject) ? [{ field: 'subject', message }] : []),
    ...(html !== null && !carriers.some((takes) => takes.html) ? [{ field: 'html', message }] : []),
  ];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refusal = (field: string, message: string): ValidationFailed => new ValidationFailed([{ field, message }]);
