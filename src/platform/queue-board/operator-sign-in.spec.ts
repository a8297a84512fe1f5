import type { Clock } from '../clock';
import { GUESSES, OperatorSignIn, WINDOW_MS } from './operator-sign-in';

const PASSWORD = 'correct-horse-battery-staple';
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const RIGHT = basic(`operator:${PASSWORD}`);

describe('OperatorSignIn', () => {
  let now: number;
  let signIn: OperatorSignIn;
  beforeEach(() => {
    now = 1_000_000;
    signIn = new OperatorSignIn(PASSWORD, { now: () => new Date(now) } as Clock);
  });
  const wrongly = (address: string, times: number) => {
    for (let guess = 0; guess < times; guess += 1) signIn.admit(address, basic(`operator:guess ${guess}`));
  };

  it.each([`operator:${PASSWORD}`, `:${PASSWORD}`, `somebody else:${PASSWORD}`])('admits %s', (text) => {
    expect(signIn.admit('a', basic(text))).toEqual({ isAdmitted: true });
    expect(signIn.admit('a', basic(text).replace('Basic ', 'bAsIc   '))).toEqual({ isAdmitted: true });
  });

  it.each([
    undefined,
    '',
    'Basic',
    'Basic ',
    'Basic %%%',
    `Bearer ${PASSWORD}`,
    PASSWORD,
    basic(PASSWORD),
    basic(`operator:${PASSWORD} `),
    basic(`operator:${PASSWORD.slice(1)}`),
    basic(`operator:x:${PASSWORD}`),
    basic('operator:'),
    basic(''),
    `Basic ${'A'.repeat(10_000)}`,
  ])('admits nobody with %s', (authorization) => {
    expect(signIn.admit('a', authorization)).toEqual({ isAdmitted: false, waitSeconds: 0 });
  });

  it('looks at nothing more from an address that was wrong too often, until the window is over', () => {
    wrongly('a', GUESSES - 1);
    expect(signIn.admit('a', RIGHT)).toEqual({ isAdmitted: true });
    now += 60_000;
    wrongly('a', 1);
    expect(signIn.admit('a', RIGHT)).toEqual({ isAdmitted: false, waitSeconds: WINDOW_MS / 1_000 - 60 });
    expect(signIn.admit('b', RIGHT)).toEqual({ isAdmitted: true });
    now += WINDOW_MS - 60_001;
    expect(signIn.admit('a', RIGHT)).toEqual({ isAdmitted: false, waitSeconds: 1 });
    now += 1;
    expect(signIn.admit('a', RIGHT)).toEqual({ isAdmitted: true });
  });

  it('does not count who brings no password, such as a browser at first', () => {
    for (let times = 0; times < 3 * GUESSES; times += 1) signIn.admit('a', undefined);
    expect(signIn.admit('a', RIGHT)).toEqual({ isAdmitted: true });
  });

  it('makes nobody wait longer for a clock that was set back', () => {
    wrongly('a', GUESSES);
    now -= 3_600_000;
    expect(signIn.admit('a', RIGHT)).toEqual({ isAdmitted: true });
  });

  it('remembers ten thousand addresses, and forgets the one that began first', () => {
    wrongly('first', GUESSES);
    wrongly('second', GUESSES);
    for (let address = 0; address < 9_999; address += 1) signIn.admit(`address ${address}`, basic('x:y'));
    expect(signIn.admit('first', RIGHT)).toEqual({ isAdmitted: true });
    expect(signIn.admit('second', RIGHT)).toMatchObject({ isAdmitted: false });
  });
});
