/**
 * What a waiting message waits for, as people read it in `waitingFor.words`: the end of "The message waits:
 * …".
 */
export const WAIT_TEXTS = {
  readOnly: 'the workspace is read-only',
  paused: 'the campaign is not active, or none of its lines is',
  window: 'the send window is closed',
  putAside: 'the message is set aside until this time',
  previousStep: 'the previous step has to be sent first',
  unknownBefore: 'nobody knows yet whether the previous step was sent',
  outcome: (words: string | null) => `what became of the hand-over is being found out${words ? `: ${words}` : ''}`,
  held: {
    provider_trouble: 'the provider refused it although the line works; it is tried again at this time',
    reading_account: 'the account has to be read for answers first, and cannot be read now',
    quiet_hours: 'the person may not be written to at this time',
    frequency: 'the person has had as many messages as the workspace allows',
    review: 'somebody has to say whether the person opted out',
    clock: "the worker's clock is wrong",
    file: 'its file cannot be fetched at the moment',
  },
  wait: 'the wait of this step is not over',
  retry: 'the last attempt failed; the message is sent again at this time',
  onceMore: (code: string) => `the provider says that it did not arrive (${code}); it is sent once more at this time`,
  noLine: 'no active line can send the message',
  unhealthy: (reason: string | null) => `no line is healthy: ${reason ?? 'the reason is unknown'}`,
  limit: (limit: 'all sends' | 'first touch') =>
    limit === 'first touch' ? 'the limit of first touches is reached' : 'the daily limit of the line is reached',
  next: 'the message is the next on its line',
  gap: 'the gap between two messages of the line is not over',
  accountPace: 'the lines of the account have used up its pace for the moment',
  turn: 'other messages on the same lines come first',
};
