import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { KeyRing } from './key-ring';

const FIRST = '1'.repeat(64);
const SECOND = '2'.repeat(64);
const first = new KeyRing(FIRST);
const second = new KeyRing(SECOND);
const rotated = new KeyRing(SECOND, [FIRST]);

describe('KeyRing', () => {
  it('opens what it sealed, in both forms', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('v1' as const, 'v2' as const), (secret, form) => {
        const sealed = first.seal(secret, form);
        expect(sealed.startsWith(`${form}.`)).toBe(true);
        expect(first.open(sealed)).toBe(secret);
      }),
    );
  });

  it('opens what the version before has sealed', () => {
    const iv = Buffer.alloc(12, 7);
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(FIRST, 'hex'), iv);
    const text = Buffer.concat([cipher.update('one', 'utf8'), cipher.final()]);
    const sealed = ['v1', ...[iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join('.');
    expect(first.open(sealed)).toBe('one');
    expect(rotated.open(sealed)).toBe('one');
  });

  it('takes a key in hex or base64 for the same key', () => {
    const base64 = Buffer.from(FIRST, 'hex').toString('base64');
    expect(new KeyRing(base64).open(first.seal('one', 'v2'))).toBe('one');
    expect(new KeyRing(base64).presentCheck).toBe(first.presentCheck);
  });

  it.each(['v1', 'v2'] as const)('opens with an earlier key and seals with the present one (%s)', (form) => {
    expect(rotated.open(first.seal('one', form))).toBe('one');
    expect(second.open(rotated.seal('one', form))).toBe('one');
    expect(() => first.open(rotated.seal('one', form))).toThrow('sealed under a key that is not here');
    expect(() => second.open(first.seal('one', form))).toThrow('sealed under a key that is not here');
  });

  it('names the key in the second form, without saying anything of it', () => {
    const id = /^v2\.([0-9a-f]{8})\./.exec(rotated.seal('one', 'v2'))?.[1];
    expect(/^v2\.([0-9a-f]{8})\./.exec(second.seal('two', 'v2'))?.[1]).toBe(id);
    expect(/^v2\.([0-9a-f]{8})\./.exec(first.seal('one', 'v2'))?.[1]).not.toBe(id);
    expect(SECOND).not.toContain(id!);
    expect(rotated.isCurrent(second.seal('one', 'v2'))).toBe(true);
    expect(rotated.isCurrent(second.seal('one', 'v1'))).toBe(false);
    expect(rotated.isCurrent(first.seal('one', 'v2'))).toBe(false);
  });

  it.each(['v1', 'v2'] as const)('refuses what was changed (%s)', (form) => {
    const sealed = first.seal('a secret', form);
    for (const [index, sign] of [...sealed].entries()) {
      if (sign === '.') continue;
      const changed = sealed.slice(0, index) + (sign === 'A' ? 'Q' : 'A') + sealed.slice(index + 1);
      // The last letter of a part may hold bits that do not count.
      const isSame = changed
        .split('.')
        .slice(-3)
        .map((part) => Buffer.from(part, 'base64url').toString('hex'))
        .join();
      const was = sealed
        .split('.')
        .slice(-3)
        .map((part) => Buffer.from(part, 'base64url').toString('hex'))
        .join();
      if (isSame === was && changed.split('.').slice(0, -3).join() === sealed.split('.').slice(0, -3).join()) continue;
      expect(() => first.open(changed)).toThrow();
    }
    for (const bad of ['', 'v1', 'v2', 'v1..', 'v2.12345678', 'v3.a.b.c', 'a secret', sealed.slice(0, -4), sealed.slice(3)]) {
      expect(() => first.open(bad)).toThrow('Not a sealed secret');
    }
  });

  it('derives keys by purpose, the present key first', () => {
    expect(rotated.derive('links', 64)).toEqual([...second.derive('links', 64), ...first.derive('links', 64)]);
    expect(first.derive('links', 64)).toEqual([expect.objectContaining({ length: 64 })]);
    expect(first.derive('links', 32)).not.toEqual(first.derive('other', 32));
    expect(first.derive('links', 32)).not.toEqual([Buffer.from(FIRST, 'hex')]);
  });

  it('knows the check of each of its keys, and of no other', () => {
    expect(rotated.knows(rotated.presentCheck)).toBe(true);
    expect(rotated.knows(first.presentCheck)).toBe(true);
    expect(first.knows(second.presentCheck)).toBe(false);
    expect(first.presentCheck).toMatch(/^[0-9a-f]{64}$/);
    expect(first.presentCheck).not.toBe(FIRST);
  });
});
