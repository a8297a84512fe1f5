import { type Row, shownText } from '../mac/rows';

export interface PendingDraft {
  /** As the caller gave it: it is compared exactly, but for a country code. */
  chatGuid: string;
  /** The text, or the name of the file. */
  content: string;
  isFile: boolean;
  tempGuid: string | null;
  /** Rows dated earlier are not it. */
  since: number;
}

/** A send whose row the server has not seen yet. */
export interface PendingSend extends PendingDraft {
  key: string;
  /** The row that was taken for it. */
  matched: Promise<Row>;
  settle(row: Row): void;
}

/** What the server compares of two texts: in scripts other than Latin nothing is left, and all are equal. */
const lettersOf = (text: string): string => text.replace(/[\W_]+/g, '');
const withoutEnding = (name: string): string => name.split('.').slice(0, -1).join('.');

/**
 * The sends that wait for their rows. A row is matched by its chat and by what is left of its text, the
 * oldest send first: nothing else tells them apart, which is why the tempGuid of an event is not to be
 * trusted.
 */
export class PendingSends {
  private waiting: PendingSend[] = [];

  add(draft: PendingDraft): PendingSend {
    let settle!: (row: Row) => void;
    const matched = new Promise<Row>((resolve) => (settle = resolve));
    const key = draft.isFile ? withoutEnding(draft.content) : lettersOf(draft.content);
    const pending = { ...draft, key, matched, settle };
    this.waiting.push(pending);
    return pending;
  }

  /** The send that the row is taken for; it waits no more. */
  take(row: Row): PendingSend | undefined {
    const pending = this.waiting.find((each) => isTakenFor(each, row));
    if (pending) this.drop(pending);
    return pending;
  }

  drop(pending: PendingSend): void {
    this.waiting = this.waiting.filter((each) => each !== pending);
  }
}

function isTakenFor(pending: PendingSend, row: Row): boolean {
  const { guid } = row.chat;
  const names = [guid, guid.replace(';-;+', ';-;'), guid.replace(/;-;\+\d/, ';-;'), guid.replace(/;-;\+\d\d/, ';-;')];
  if (!names.includes(pending.chatGuid)) return false;
  if (pending.isFile) return row.attachments.some(({ name }) => withoutEnding(name) === pending.key);
  return lettersOf(shownText(row) ?? '') === pending.key && pending.since <= row.date;
}
