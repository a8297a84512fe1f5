/**
 * Reactions that phones without iMessage send, and that arrive by SMS and RCS as texts: `Liked “See you”`,
 * `Reacted 👍 to “See you”`, `👍 to “See you”`, `Removed a like from “See you”`. (Seen on Messages and
 * Google Messages.) Whether it is one is decided by whether what it quotes is a text of ours.
 */
const VERBS = [
  'liked',
  'loved',
  'disliked',
  'emphasized',
  'emphasised',
  'questioned',
  'laughed at',
  'reacted \\S+ to',
  'reacted with \\S+ to',
  'removed an? [\\p{L} ]+ from',
  'removed \\S+ from',
  '(?:\\p{Extended_Pictographic}|\\p{Emoji_Component})+ to',
];
const WRITTEN_OUT = new RegExp(`^(?:${VERBS.join('|')})\\s+[“"„«](.+)[”"“»]$`, 'isu');

/** What a text quotes, when it has the form of a reaction; else `null`. */
export const quotedBy = (text: string): string | null => WRITTEN_OUT.exec(text.trim())?.[1] ?? null;
