import { placeholdersOf, renderTemplate } from '#libs/templates';
import type { ChannelName } from '../../channels/domain';
import type { ErrorDetail } from '../../platform/errors';
import { templateProblem, UNSUBSCRIBE_URL } from './template-values';

/** What a message says on one channel, where it differs: what is left out is as on all, `null` is none. */
export interface ChannelContent {
  template?: string;
  subject?: string | null;
  html?: string | null;
}

/** What a message says beside its text: templates, as the text is one. */
export interface MoreContent {
  /** Only for channels with subjects. */
  subject: string | null;
  /** The text as HTML, for channels that take it. */
  html: string | null;
  byChannel: Readonly<Record<ChannelName, ChannelContent>>;
}

/** All that a step or a direct send says. */
export interface Content extends MoreContent {
  template: string;
}

export type ContentOnChannel = Pick<Content, 'template' | 'subject' | 'html'>;

/** Of messages and steps that say nothing but a text. */
export const TEXT_ALONE: MoreContent = { subject: null, html: null, byChannel: {} };

/** What it says on a channel. */
export function contentOn({ template, subject, html, byChannel }: Content, channel: ChannelName): ContentOnChannel {
  const own = Object.hasOwn(byChannel, channel) ? byChannel[channel]! : {};
  return {
    template: own.template ?? template,
    subject: own.subject === undefined ? subject : own.subject,
    html: own.html === undefined ? html : own.html,
  };
}

/**
 * Every template in it, by the name of its field.
 * @param text what the text is called: `template` or `message`
 */
export function templatesIn(
  { template, subject, html, byChannel }: Content,
  text: string,
): { field: string; template: string }[] {
  const all = [
    { field: text, template },
    { field: 'subject', template: subject },
    { field: 'html', template: html },
    ...Object.entries(byChannel).flatMap(([channel, own]) => [
      { field: `byChannel.${channel}.${text}`, template: own.template ?? null },
      { field: `byChannel.${channel}.subject`, template: own.subject ?? null },
      { field: `byChannel.${channel}.html`, template: own.html ?? null },
    ]),
  ];
  return all.flatMap((one) => (one.template === null ? [] : [{ field: one.field, template: one.template }]));
}

/** The templates in it that cannot be used, in words. @param text as `templatesIn` */
export const contentProblems = (content: Content, text: string): ErrorDetail[] =>
  templatesIn(content, text).flatMap(({ field, template }) => {
    const message = templateProblem(template);
    return message === null ? [] : [{ field, message }];
  });

/** What stands below a campaign's e-mails that do not say it themselves. */
export interface Footer {
  unsubscribeUrl: string;
  /** Of the sender; `null`: the workspace has none. */
  postalAddress: string | null;
}

/** A message as its recipient gets it. */
export interface Rendered {
  text: string;
  /** The text without what stands below it: what its author says. */
  body: string;
  subject: string | null;
  html: string | null;
}

/**
 * Fills what a message says on a channel. In HTML, values are escaped; of a subject, line breaks and runs of
 * spaces are one space.
 * @param takes what the channel carries: the rest is left out
 * @throws TemplateError when a template cannot be parsed
 */
export function renderContent(
  content: ContentOnChannel,
  values: Record<string, unknown>,
  { takes = {}, footer = null }: { takes?: { subject?: number; html?: boolean }; footer?: Footer | null },
): Rendered {
  const { template, subject, html } = content;
  const body = renderTemplate(template, values);
  return {
    text: body + (footer ? textFooter(template, footer) : ''),
    body,
    subject: subject !== null && takes.subject ? subjectOf(renderTemplate(subject, values), takes.subject) : null,
    html: html !== null && takes.html ? withFooter(renderTemplate(html, values, escapeHtml), html, footer) : null,
  };
}

/** One line, or `null` where nothing is left of it. @param max in UTF-16 units */
export function subjectOf(text: string, max: number): string | null {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line.length <= max) return line || null;
  const cut = line.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.replace(/\s+\S{0,20}$/u, '') || cut}…`;
}

/** How many characters of a text do for a subject where there is none: what a list of mails shows. */
const BORROWED_SUBJECT_LENGTH = 78;
const REPLY_PREFIX = /^(?:re:\s*)+/i;

/** The subject of a message without one that begins a conversation; `null` where there is no text either. */
export const borrowedSubject = (text: string): string | null =>
  subjectOf(text.trim().split('\n', 1)[0]!, BORROWED_SUBJECT_LENGTH);

/** The subject of a message that goes on with a conversation. */
export const goingOn = (subject: string): string => `Re: ${subject.replace(REPLY_PREFIX, '')}`;

const linesOf = (
  template: string,
  { unsubscribeUrl, postalAddress }: Footer,
): { address: string | null; link: string | null } => ({
  address: postalAddress !== null && !plain(template).includes(plain(postalAddress)) ? postalAddress : null,
  link: placeholdersOf(template).includes(UNSUBSCRIBE_URL) ? null : unsubscribeUrl,
});

const plain = (text: string): string => text.replace(/[\s,]+/gu, ' ').toLowerCase();

function textFooter(template: string, footer: Footer): string {
  const { address, link } = linesOf(template, footer);
  const lines = [...(address === null ? [] : [address]), ...(link === null ? [] : [`Unsubscribe: ${link}`])];
  return lines.length === 0 ? '' : `\n\n${lines.join('\n')}`;
}

function withFooter(html: string, template: string, footer: Footer | null): string {
  if (!footer) return html;
  const { address, link } = linesOf(template, footer);
  const lines = [
    ...(address === null ? [] : [escapeHtml(address).replace(/\n/g, '<br>')]),
    ...(link === null ? [] : [`<a href="${escapeHtml(link)}">Unsubscribe</a>`]),
  ];
  if (lines.length === 0) return html;
  const paragraph = `<p style="color:#666;font-size:12px">${lines.join('<br>')}</p>`;
  const end = [...html.matchAll(/<\/body\s*>/gi)].at(-1)?.index;
  return end === undefined ? `${html}\n${paragraph}` : `${html.slice(0, end)}${paragraph}\n${html.slice(end)}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
