import fc from 'fast-check';
import { workspaceId } from '../../platform/ids';
import { LINK_KEY_BYTES, type LinkHolder, UnsubscribeTokens } from './unsubscribe-tokens';

const key = (byte: number) => Buffer.alloc(LINK_KEY_BYTES, byte);
const tokens = new UnsubscribeTokens([key(1)]);
const holder: LinkHolder = {
  workspaceId: workspaceId('org_2abcDEF3ghiJKL4mnoPQR5stuVW'),
  messageId: '65f0000000000000000000a1',
  leadId: '65f0000000000000000000b2',
  address: 'ann@example.com',
  channel: 'email',
};

describe('UnsubscribeTokens', () => {
  it('opens what it sealed, whoever it is for and however long the address', () => {
    const id = fc.stringMatching(/^[0-9a-f]{24}$/);
    const address = fc.oneof(
      fc.string({ minLength: 1, maxLength: 320, unit: 'grapheme' }),
      fc.stringMatching(/^\+[1-9]\d{6,14}$/),
      fc.integer({ min: 1, max: 320 }).map((length) => 'x'.repeat(length)),
    );
    const any = fc.record({
      workspaceId: fc.stringMatching(/^\w{1,64}$/).map(workspaceId),
      messageId: id,
      leadId: id,
      address,
      channel: fc.constantFrom('email' as const, 'phone' as const),
    });
    fc.assert(
      fc.property(any, (one) => {
        const token = tokens.seal(one);
        // A sign at the end would be taken for the end of a sentence.
        expect(token).toMatch(/^[\w-]+[A-Za-z0-9]$/);
        expect(tokens.open(token)).toEqual(one);
      }),
    );
  });

  it('makes one token of the same, another one of anything else, and shows nothing of it', () => {
    const token = tokens.seal(holder);
    expect(tokens.seal({ ...holder })).toBe(token);
    const others: Partial<LinkHolder>[] = [
      { workspaceId: workspaceId('org_other') },
      { messageId: '65f0000000000000000000a2' },
      { leadId: '65f0000000000000000000b3' },
      { address: 'bob@example.com' },
      { channel: 'phone' },
    ];
    const all = [token, ...others.map((other) => tokens.seal({ ...holder, ...other }))];
    expect(new Set(all).size).toBe(all.length);
    // Nor do two of them begin alike, so that no list of them can be guessed from one.
    expect(new Set(all.map((one) => one.slice(0, 8))).size).toBe(all.length);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/ann|example|org_/);
  });

  it('is as short as a text can bear', () => {
    expect(tokens.seal({ ...holder, address: '+12065550131', channel: 'phone' }).length).toBeLessThanOrEqual(114);
  });

  it('opens nothing that was changed, cut, lengthened, or is none of its tokens', () => {
    const token = tokens.seal(holder);
    for (let index = 0; index < token.length; index++) {
      for (const sign of ['A', 'B', '_']) {
        const changed = token.slice(0, index) + sign + token.slice(index + 1);
        expect(tokens.open(changed)).toEqual(changed === token ? holder : null);
      }
      expect(tokens.open(token.slice(0, index))).toBeNull();
    }
    const bytes = Buffer.from(token, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(tokens.open(flipped.toString('base64url'))).toBeNull();
    }
    const bad = [
      '',
      'preview',
      'A'.repeat(112),
      'A'.repeat(5_000),
      `${token}A`,
      `${token}AAAA`,
      `${token}=`,
      ` ${token}`,
      `${token}\n`,
    ];
    for (const one of bad) expect(tokens.open(one)).toBeNull();
  });

  it('has one spelling', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const address of ['a@b.example', 'ab@b.example', 'abc@b.example']) {
      const token = tokens.seal({ ...holder, address });
      const opened = [...letters].filter((last) => tokens.open(token.slice(0, -1) + last) !== null);
      expect(opened).toEqual([token.at(-1)]);
    }
  });

  it('opens with earlier keys, seals with the first, and opens nothing under another', () => {
    const rotated = new UnsubscribeTokens([key(2), key(1)]);
    expect(rotated.open(tokens.seal(holder))).toEqual(holder);
    expect(rotated.seal(holder)).toBe(new UnsubscribeTokens([key(2)]).seal(holder));
    expect(tokens.open(rotated.seal(holder))).toBeNull();
    expect(new UnsubscribeTokens([key(2)]).open(tokens.seal(holder))).toBeNull();
  });
});
