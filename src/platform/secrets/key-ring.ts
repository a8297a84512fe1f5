import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * `v1` names no key, and versions before 0.2 can read it; `v2` begins with the id of the key that sealed it.
 */
export type SealForm = 'v1' | 'v2';

/** A sealed value that none of the keys opens. */
class SealNotOpened extends Error {
  override readonly name = 'SealNotOpened';

  constructor() {
    super('Not a sealed secret, or sealed under a key that is not here');
  }
}

interface Key {
  bytes: Buffer;
  /** 8 hex digits that tell it from other keys, and nothing else about it. */
  id: string;
  /** What MongoDB keeps to recognise it again. */
  check: string;
}

/** The installation's key, under which everything is sealed, and earlier ones that only open. AES-256-GCM. */
export class KeyRing {
  private readonly present: Key;
  private readonly all: readonly Key[];

  /** @param old earlier keys, each 32 bytes in hex or base64 like the present one */
  constructor(present: string, old: readonly string[] = []) {
    this.present = keyOf(present);
    this.all = [this.present, ...old.map(keyOf)];
  }

  get presentCheck(): string {
    return this.present.check;
  }

  /** Is this what was kept of one of the keys? */
  knows(check: string): boolean {
    return this.all.some((key) => key.check === check);
  }

  seal(secret: string, form: SealForm): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.present.bytes, iv);
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    const parts = [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'));
    return [...(form === 'v2' ? ['v2', this.present.id] : ['v1']), ...parts].join('.');
  }

  /**
   * Keys for one purpose, by HKDF-SHA256: the present key's first, then those of earlier ones. None says
   * anything of the key that it is derived from, nor of one for another purpose.
   */
  derive(purpose: string, bytes: number): Buffer[] {
    return this.all.map((key) => Buffer.from(hkdfSync('sha256', key.bytes, '', purpose, bytes)));
  }

  /** Is it sealed under the present key, and says so? */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`v2.${this.present.id}.`);
  }

  /** @throws SealNotOpened when it was sealed under none of the keys, or was changed */
  open(sealed: string): string {
    const [form, ...rest] = sealed.split('.');
    const id = form === 'v2' ? rest.shift() : undefined;
    const [iv, tag, text] = rest.map((part) => Buffer.from(part, 'base64url'));
    if ((form !== 'v1' && form !== 'v2') || !iv?.length || !tag?.length || !text) throw new SealNotOpened();
    for (const key of this.all) {
      if (id !== undefined && id !== key.id) continue;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv, { authTagLength: 16 });
        decipher.setAuthTag(tag);
        return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
      } catch {
        // Another key may fit.
      }
    }
    throw new SealNotOpened();
  }
}

function keyOf(text: string): Key {
  const bytes = Buffer.from(text, text.length === 64 ? 'hex' : 'base64');
  const derived = (purpose: string) => createHmac('sha256', bytes).update(purpose).digest('hex');
  return { bytes, id: derived('tuco key id').slice(0, 8), check: derived('tuco key check') };
}
