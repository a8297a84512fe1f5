import { internalDate, type Word } from './imap-words';
import type { StoredMail } from './mailbox';

/** A section of a mail, and from where and how much of it. */
const SECTION = /^BODY(?:\.PEEK)?\[([^\]]*)\](?:<(\d+)\.(\d+)>)?$/i;

/** The answer to `FETCH` about one mail. */
export function fetched(mail: StoredMail, sequence: number, items: readonly string[], byUid: boolean): Buffer {
  const parts: Buffer[] = [];
  const wanted = byUid && !items.some((item) => /^uid$/i.test(item)) ? ['UID', ...items] : items;
  for (const item of wanted) parts.push(Buffer.from(parts.length > 0 ? ' ' : ''), itemOf(mail, item));
  return Buffer.concat([Buffer.from(`* ${sequence} FETCH (`), ...parts, Buffer.from(')\r\n')]);
}

function itemOf({ uid, at, raw }: StoredMail, item: string): Buffer {
  switch (item.toUpperCase()) {
    case 'UID':
      return Buffer.from(`UID ${uid}`);
    case 'FLAGS':
      return Buffer.from('FLAGS ()');
    case 'INTERNALDATE':
      return Buffer.from(`INTERNALDATE ${internalDate(at)}`);
    case 'RFC822.SIZE':
      return Buffer.from(`RFC822.SIZE ${raw.length}`);
  }
  const [, section = '', start, length] = SECTION.exec(item) ?? [];
  const whole = sectionOf(raw, section);
  const from = Number(start ?? 0);
  const content = start === undefined ? whole : whole.subarray(from, from + Number(length));
  const name = `BODY[${section}]${start === undefined ? '' : `<${start}>`}`;
  return Buffer.concat([Buffer.from(`${name} {${content.length}}\r\n`), content]);
}

function sectionOf(raw: Buffer, section: string): Buffer {
  if (section === '') return raw;
  const end = raw.indexOf('\r\n\r\n');
  const header = raw.subarray(0, end < 0 ? raw.length : end + 4);
  if (/^HEADER$/i.test(section)) return header;
  const names = /^HEADER\.FIELDS \(([^)]*)\)$/i.exec(section)?.[1];
  if (names === undefined) return Buffer.alloc(0);
  const wanted = new Set(names.toLowerCase().split(' '));
  const fields = header.toString('latin1').split(/\r\n(?![ \t])/);
  const kept = fields.filter((field) => wanted.has(field.slice(0, field.indexOf(':')).toLowerCase()));
  return Buffer.from(`${kept.map((field) => `${field}\r\n`).join('')}\r\n`, 'latin1');
}

/** The names of what is asked for, sections among them with their lists. */
export function itemsOf(words: readonly Word[]): string[] {
  return words.flat(2).map((word) => (typeof word === 'string' ? word : word.join(' ')));
}
