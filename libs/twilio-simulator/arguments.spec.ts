import { readArguments } from './arguments';
import { QUICK_TIMES, REAL_TIMES } from './controls';

describe('the command line', () => {
  it('gives accounts with their numbers, and times', () => {
    const quick = [
      '--account',
      'AC1:token:+12025550190,+12025550191',
      '--times',
      'quick',
      '--latency-ms',
      '300',
      '--port',
      '4000',
    ];
    expect(readArguments(quick)).toEqual({
      options: {
        port: 4_000,
        host: undefined,
        times: QUICK_TIMES,
        accounts: [{ accountSid: 'AC1', authToken: 'token', numbers: ['+12025550190', '+12025550191'] }],
      },
      latencyMs: 300,
    });
    expect(readArguments(['--account', 'AC1:token:+12025550190']).options.times).toBe(REAL_TIMES);
  });

  it.each([
    [[], /no account/],
    [['--account', 'AC1'], /SID:TOKEN:NUMBER/],
    [['--account', 'AC1:t:+1', '--times', 'slow'], /real or quick/],
    [['--account', 'AC1:t:+1', '--port', 'x'], /--port must be a number, not "x"/],
    [['--nonsense'], /nonsense/],
  ])('refuses %j', (args, words) => expect(() => readArguments(args)).toThrow(words));
});
