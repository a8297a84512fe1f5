import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Db } from 'mongodb';
import { Config } from '../config';
import { type SealedFields, verifyKeys } from './key-check';
import { KeyRing, type SealForm } from './key-ring';

/** Keeps tenants' secrets unreadable in the store: AES-256-GCM under the installation's key. */
@Injectable()
export class Secrets {
  private readonly keys: KeyRing;
  private form: SealForm = 'v1';

  constructor(config: Config) {
    this.keys = new KeyRing(config.ENCRYPTION_KEY, config.ENCRYPTION_KEYS_OLD);
  }

  /** To be called at the start. @throws WrongEncryptionKey when the database was sealed under another key */
  async verify(db: Db, sealed: readonly SealedFields[]): Promise<void> {
    this.form = await verifyKeys(db, this.keys, sealed);
  }

  seal(secret: string): string {
    return this.keys.seal(secret, this.form);
  }

  /** @throws SealNotOpened when the text was sealed under none of the keys, or was changed */
  open(sealed: string): string {
    return this.keys.open(sealed);
  }

  /** Keys for one purpose, derived from the present key and then from each earlier one. */
  derive(purpose: string, bytes: number): readonly Buffer[] {
    return this.keys.derive(purpose, bytes);
  }
}

/** What is kept of a secret that is only ever compared: its SHA-256, 64 hex digits. */
export const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('hex');
