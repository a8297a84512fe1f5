import { Injectable } from '@nestjs/common';
import { keysWithoutFallback, renderTemplate } from '#libs/templates';
import { type ChannelName, Channels } from '../../channels';
import { borrowedSubject, contentOn, type ContentOnChannel, type Footer, goingOn, renderContent } from '../../messages';
import { type Campaign, liveSteps, type Step } from '../domain/campaign';

type Values = Record<string, unknown>;

/** What somebody who looks at a preview should know. */
interface ContentWarning {
  code: 'LONG_CHARACTERS' | 'BORROWED_SUBJECT' | 'EMPTY_MESSAGE';
  message: string;
}

/** A step as it would go out on a channel. */
export interface PreviewContent {
  channel: ChannelName;
  text: string;
  subject: string | null;
  html: string | null;
  /** How the text is counted, on channels that count it. */
  segments: { count: number; encoding: string } | null;
  /** Fields that the lead does not have, and in whose place nothing stands. */
  missingFields: string[];
  warnings: ContentWarning[];
}

/** Renders the steps of a campaign for a preview, on each channel by which they may go. */
@Injectable()
export class PreviewContents {
  constructor(private readonly channels: Channels) {}

  /**
   * @param valuesOn what placeholders stand for, on a channel
   * @returns of each step that is not removed, its own channel first
   */
  of(campaign: Campaign, valuesOn: (channel: ChannelName) => Values, footer: Footer): PreviewContent[][] {
    const subjects = new Map<ChannelName, string>();
    return liveSteps(campaign).map((step) =>
      channelsOf(campaign, step).map((channel) => {
        const on = { channel, footer: channel === 'email' ? footer : null, subjectBefore: subjects.get(channel) ?? null };
        const shown = this.one(contentOn(step, channel), valuesOn(channel), on);
        if (shown.subject !== null) subjects.set(channel, shown.subject);
        return shown;
      }),
    );
  }

  private one(
    content: ContentOnChannel,
    values: Values,
    { channel, footer, subjectBefore }: { channel: ChannelName; footer: Footer | null; subjectBefore: string | null },
  ): PreviewContent {
    const takes = this.channels.contentOf(channel);
    const { body, ...rendered } = renderContent(content, values, { takes, footer });
    const isBorrowed = takes.subject !== undefined && rendered.subject === null;
    const instead = subjectBefore === null ? borrowedSubject(body) : goingOn(subjectBefore);
    const measure = this.channels.measure(channel, rendered.text);
    const used = [content.template, ...(takes.subject ? [content.subject] : []), ...(takes.html ? [content.html] : [])];
    return {
      channel,
      ...rendered,
      subject: isBorrowed ? instead : rendered.subject,
      segments: measure && { count: measure.units, encoding: measure.encoding },
      missingFields: missingIn(
        used.filter((template) => template !== null),
        values,
      ),
      warnings: [
        ...(body.trim() === '' ? [EMPTY] : []),
        ...(isBorrowed && subjectBefore === null ? [BORROWED] : []),
        ...(measure?.hint ? [{ code: 'LONG_CHARACTERS' as const, message: measure.hint }] : []),
      ],
    };
  }
}

const EMPTY: ContentWarning = { code: 'EMPTY_MESSAGE', message: 'the template leaves nothing to send to this lead' };
const BORROWED: ContentWarning = {
  code: 'BORROWED_SUBJECT',
  message: 'the first e-mail has no subject: it gets the first line of its text',
};

/** The step's own channel, and those to go on with. */
const channelsOf = ({ channel, settings }: Campaign, step: Step): ChannelName[] => [
  ...new Set([step.channel ?? channel, ...settings.fallbackChannels]),
];

function missingIn(templates: readonly string[], values: Values): string[] {
  const keys = new Set(templates.flatMap((template) => keysWithoutFallback(template)));
  return [...keys].filter((key) => renderTemplate({ parts: [{ key, fallback: '' }] }, values) === '');
}
