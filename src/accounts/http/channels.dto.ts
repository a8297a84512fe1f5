import type { Channel, ChannelCode, FieldSpec, LineLimits } from '../../channels';

/** A field of a form; what an adapter does not say is `null`. @schema ChannelField */
const toFieldResponse = (field: FieldSpec) => ({
  name: field.name,
  type: field.type,
  secret: field.secret ?? false,
  required: field.required ?? false,
  label: field.label,
  help: field.help,
  choices: field.choices ? [...field.choices] : null,
  min: field.min ?? null,
  max: field.max ?? null,
  pattern: field.pattern ? { source: field.pattern.source, words: field.pattern.words } : null,
  defaultValue: field.default ?? null,
});

/** A code on attempts and messages; `<n>` stands for what differs. @schema ChannelCode */
const toCodeResponse = ({ code, meaning }: ChannelCode) => ({ code, meaning });

/** @schema Channel */
export const toChannelResponse = (channel: Channel, accountSchema: readonly FieldSpec[], limits: LineLimits) => ({
  name: channel.name,
  provider: channel.provider,
  reaches: [...channel.reaches],
  capabilities: {
    attachments: channel.takesAttachments ?? false,
    /** Longest subject in characters; `null`: the channel has none. */
    subjectLength: channel.content?.subject ?? null,
    html: channel.content?.html ?? false,
    availability: channel.checkAvailability !== undefined,
    reactions: channel.react !== undefined,
    typing: channel.showTyping !== undefined,
    inbound: channel.parseInbound !== undefined || channel.poll !== undefined,
    answersOptOuts: channel.answersOptOuts ?? false,
  },
  accountFields: accountSchema.map(toFieldResponse),
  lineFields: (channel.lineSchema ?? []).map(toFieldResponse),
  defaults: { pace: channel.pace ?? null, overallPace: channel.overallPace ?? null, ...limits },
  codes: (channel.codes ?? []).map(toCodeResponse),
});
