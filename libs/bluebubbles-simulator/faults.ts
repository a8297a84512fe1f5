import type { Via } from './ledger-entries';
import type { Times } from './times';

/** What can go wrong with a send beside what its address says. */
export const FAULTS = [
  'transaction-timeout',
  'not-in-database',
  'not-identified',
  'see-attached',
  'send-timeout',
  'hang',
  'command-failed',
  'chat-not-in-list',
  'helper-not-running',
  'no-handles',
  'told-to-fail',
  'row-error',
  'late-error',
  'renamed-file',
  'first-try-fails',
] as const;
export type FaultName = (typeof FAULTS)[number];

/** A fault that waits for sends. */
export interface Fault {
  name: FaultName;
  /** The call that it is for; all by default. */
  on?: Via;
  /** Only sends to this address, as it is used. */
  address?: string;
  /** Whether the message goes out all the same; by default as the table says. */
  sent?: boolean;
  /** How many sends it strikes, 1 by default; null for all that come. */
  times?: number | null;
  /** The row's error, for `row-error` (4 by default) and `late-error` (22). */
  error?: number;
  /**
   * After how many ms a `late-error` is there, `lateErrorMs` by default; of faults that end in an error
   * envelope and go out all the same, after how many ms the row is there, at once by default.
   */
  afterMs?: number;
}

/** How a fault that ends in an error envelope looks. */
export interface FaultAnswer {
  /** How long the answer takes. */
  wait: keyof Times | null;
  /** `error.message` of each call; calls without any are not struck. */
  words: Partial<Record<Via, string>>;
  /** Whether the envelope carries `data: null`. */
  hasNullData: boolean;
  /** Whether the message goes out, unless the control says otherwise. */
  sent: boolean;
}

const forAll = (words: string): Record<Via, string> => ({ text: words, attachment: words, new: words });

const SEE_ATTACHED: Partial<Record<Via, string>> = {
  text: 'Failed to send message! See attached message error code.',
  attachment: 'Failed to send attachment! See attached message error code.',
};

/** `TEXT` and `ADDRESS` stand for those of the send. */
const COMMAND_FAILED =
  'Command failed: osascript -e "tell application \\"Messages\\" to send \\"TEXT\\" to participant \\"ADDRESS\\"" ' +
  "/Users/sam/Library/Messages/Attachments/a/b.png: execution error: Messages got an error: Can't get chat. (-1728)";

/** The faults that end in an error envelope; the others are told in `sends`. */
export const FAULT_ANSWERS: Partial<Record<FaultName, FaultAnswer>> = {
  'transaction-timeout': { wait: 'transactionMs', words: forAll('Transaction timeout'), hasNullData: false, sent: true },
  'not-in-database': {
    wait: 'rowLookupMs',
    words: {
      text: 'Failed to send message! Message not found in database after 60 seconds!',
      attachment: 'Failed to send attachment! Attachment not found in database after 60 seconds!',
      new: 'Failed to create new chat! Message not found after 30 seconds!',
    },
    hasNullData: false,
    sent: true,
  },
  'not-identified': {
    wait: null,
    words: {
      text: 'Failed to send message!',
      attachment: 'Failed to send attachment!',
      new: 'Failed to create chat via the Private API!',
    },
    hasNullData: false,
    sent: true,
  },
  'see-attached': { wait: null, words: SEE_ATTACHED, hasNullData: true, sent: true },
  'send-timeout': {
    wait: 'sendPromiseMs',
    words: { ...SEE_ATTACHED, new: 'Message send timeout' },
    hasNullData: true,
    sent: true,
  },
  'command-failed': { wait: null, words: forAll(COMMAND_FAILED), hasNullData: false, sent: false },
  'chat-not-in-list': {
    wait: null,
    words: { text: 'Chat does not exist in CKConversationList!', attachment: 'Chat does not exist in CKConversationList!' },
    hasNullData: false,
    sent: false,
  },
  'helper-not-running': {
    wait: null,
    words: forAll('Failed to invoke Private API! Error: BlueBubblesHelper is not running!'),
    hasNullData: false,
    sent: false,
  },
  'no-handles': {
    wait: null,
    words: { new: 'Failed to find all handles for specified service!' },
    hasNullData: false,
    sent: false,
  },
  'told-to-fail': { wait: null, words: forAll('The simulator was told to fail'), hasNullData: false, sent: false },
};

/** Whether a fault can strike a send by that call. */
export function strikes(fault: Fault, via: Via): boolean {
  if (fault.on !== undefined && fault.on !== via) return false;
  const answer = FAULT_ANSWERS[fault.name];
  if (answer) return answer.words[via] !== undefined;
  return fault.name !== 'renamed-file' || via === 'attachment';
}
