import { WAIT_TEXTS } from './wait-reasons.texts';

it('says in plain English what a message waits for', () => {
  const texts = Object.entries(WAIT_TEXTS).map(([name, text]) => [name, typeof text === 'function' ? text('first touch') : text]);
  expect(Object.fromEntries(texts)).toEqual({
    readOnly: 'the workspace is read-only',
    unknownBefore: 'nobody knows yet whether the previous step was sent',
    outcome: 'what became of the hand-over is being found out: first touch',
    held: {
      provider_trouble: 'the provider refused it although the line works; it is tried again at this time',
      reading_account: 'the account has to be read for answers first, and cannot be read now',
      quiet_hours: 'the person may not be written to at this time',
      frequency: 'the person has had as many messages as the workspace allows',
      review: 'somebody has to say whether the person opted out',
      clock: "the worker's clock is wrong",
      file: 'its file cannot be fetched at the moment',
    },
    paused: 'the campaign is not active, or none of its lines is',
    window: 'the send window is closed',
    putAside: 'the message is set aside until this time',
    previousStep: 'the previous step has to be sent first',
    wait: 'the wait of this step is not over',
    retry: 'the last attempt failed; the message is sent again at this time',
    onceMore: 'the provider says that it did not arrive (first touch); it is sent once more at this time',
    noLine: 'no active line can send the message',
    unhealthy: 'no line is healthy: first touch',
    limit: 'the limit of first touches is reached',
    next: 'the message is the next on its line',
    accountPace: 'the lines of the account have used up its pace for the moment',
    gap: 'the gap between two messages of the line is not over',
    turn: 'other messages on the same lines come first',
  });
  expect(WAIT_TEXTS.limit('all sends')).toBe('the daily limit of the line is reached');
  expect(WAIT_TEXTS.unhealthy(null)).toBe('no line is healthy: the reason is unknown');
});
