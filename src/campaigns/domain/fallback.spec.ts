import { flagsOf, withFlags } from './fallback';

describe('the channels to fall back on', () => {
  it.each([
    [[], { sms: false, email: false }, []],
    [[], { sms: true, email: true }, ['sms', 'email']],
    [['email'], { sms: true, email: true }, ['email', 'sms']],
    [['email', 'pigeon', 'sms'], { sms: true, email: false }, ['pigeon', 'sms']],
    [['pigeon'], { sms: false, email: false }, ['pigeon']],
  ])('%j with %j are %j', (channels, flags, expected) => {
    expect(withFlags(channels, flags)).toEqual(expected);
    expect(flagsOf(expected)).toEqual(flags);
  });
});
