import { cutText } from '../../platform/texts';
import type { GuardedAnswer } from '../infrastructure/guarded-http';
import { errorTextOf } from './bluebubbles.protocol';

/** What is kept of a provider's words, in characters. */
const MAX_WORDS = 300;

/** Failures that carry the whole script, and in it the text, the address and paths of the Mac. */
const SCRIPT = /osascript|applescript|command failed|execution error/i;

const CONTENTS: readonly [pattern: RegExp, instead: string][] = [
  [/"(?:[^"\\]|\\.)*"|“[^”]*”|«[^»]*»/g, '"…"'],
  [/[^\s@"'<>]+@[^\s@"'<>]+\.[^\s@"'<>]+/g, 'an address'],
  [/\+?\d[\d\s().-]{5,}\d/g, 'a number'],
  [/(?:file:\/\/|~|\B)\/(?:[\w.~-]+\/)+[^\s'"]*/g, 'a path'],
];

/**
 * The words of a bridge, as they are kept and shown: without the text, the addresses and the local paths that
 * they may hold, and without the password, which a careless proxy may repeat.
 * @param secrets what must not stand in them, in whatever encoding
 */
function cleanWords(words: string, secrets: readonly string[] = []): string {
  if (SCRIPT.test(words)) return 'an AppleScript of the bridge failed';
  const forms = secrets.filter(Boolean).flatMap((secret) => [secret, encodeURIComponent(secret), encodeURI(secret)]);
  // Longer ones first: a short secret may be a part of the text.
  const hidden = [...forms].sort((a, b) => b.length - a.length).reduce((text, form) => text.replaceAll(form, '…'), words);
  const clean = CONTENTS.reduce(
    (text, [pattern, instead]) => text.replace(pattern, instead),
    hidden.replace(/https?:\/\/\S+/g, 'a URL'),
  );
  return cutText(clean, MAX_WORDS);
}

/** What an answer says went wrong. */
export const wordsOf = ({ status, json }: Pick<GuardedAnswer, 'status' | 'json'>, secrets: readonly string[]): string => {
  const words = errorTextOf(typeof json === 'object' ? json : null);
  return words ? cleanWords(words, secrets) : `the bridge answered ${status}`;
};
