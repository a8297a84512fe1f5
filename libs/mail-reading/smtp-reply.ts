import { codesIn, judgeFailure, type Verdict, Words } from './failure';

/** What a server's refusal says, and whose fault it is. */
export interface ReplyVerdict extends Verdict {
  /** The three figures that it begins with, or null. */
  code: number | null;
  /** The enhanced codes that it holds, the first one first. */
  codes: string[];
}

const MAX_REPLY = 2_000;

/** Judges the answer of a server that refused a mail while it was handed over. */
export function judgeReply(reply: string): ReplyVerdict {
  const text = reply.slice(0, MAX_REPLY);
  const figures = /^[245]\d\d/.exec(text)?.[0] ?? null;
  const codes = codesIn(text);
  const verdict = judgeFailure({ isFinal: true, status: codes[0] ?? null, diagnostic: text, notice: new Words('') });
  return { ...verdict, code: figures === null ? null : Number(figures), codes };
}
