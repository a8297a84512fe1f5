import { keyedHash, newSecret } from './keyed-hash';

describe('keyedHash', () => {
  const secret = newSecret();

  it('is the same for the same address and secret, and for nothing else', () => {
    const hash = keyedHash(secret);
    expect(hash('+12065550100')).toBe(keyedHash(secret)('+12065550100'));
    expect(hash('+12065550100')).not.toBe(hash('+12065550101'));
    expect(hash('+12065550100')).not.toBe(keyedHash(newSecret())('+12065550100'));
  });

  it('is the HMAC-SHA256 that others compute', () => {
    // RFC 4231, test case 2
    const key = Buffer.from('Jefe').toString('base64url');
    const expected = Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex').toString('base64url');
    expect(keyedHash(key)('what do ya want for nothing?')).toBe(`~${expected}`);
  });

  it('is no address, and sorts behind them', () => {
    const hashed = keyedHash(secret)('zoe@example.com');
    expect(['+19995550100', 'zzz@example.com', hashed].sort().at(-1)).toBe(hashed);
    expect(hashed).toMatch(/^~[\w-]{43}$/);
  });

  it('has 32 bytes of secret, new each time', () => {
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(newSecret()).not.toBe(secret);
  });
});
