/** A mail in a mailbox. */
export interface StoredMail {
  uid: number;
  at: Date;
  raw: Buffer;
}

/** The INBOX of an account. */
export class Mailbox {
  private mails: StoredMail[] = [];
  private nextUid = 1;
  private watchers = new Set<() => void>();
  validity = 1;

  get all(): readonly StoredMail[] {
    return this.mails;
  }

  get uidNext(): number {
    return this.nextUid;
  }

  /** How many sessions wait for mails with IDLE. */
  get watching(): number {
    return this.watchers.size;
  }

  add(raw: Buffer, at: Date): StoredMail {
    const mail = { uid: this.nextUid, at, raw };
    this.nextUid += 1;
    this.mails.push(mail);
    for (const tell of [...this.watchers]) tell();
    return mail;
  }

  /** As after a restore: every mail has another number. @param from the first one */
  renumber(from = 1): void {
    this.validity += 1;
    this.mails = this.mails.map((mail, index) => ({ ...mail, uid: from + index }));
    this.nextUid = from + this.mails.length;
  }

  clear(): void {
    this.mails = [];
  }

  /** @returns how to stop being told of new mails */
  watch(tell: () => void): () => void {
    this.watchers.add(tell);
    return () => void this.watchers.delete(tell);
  }
}
