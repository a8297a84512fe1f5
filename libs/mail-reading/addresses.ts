import { normalizeEmail } from '#libs/contact-methods';

/** An address as it stands in a text. */
const IN_TEXT = /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,251}[\p{L}\p{N}])?/gu;
const MAX_TEXT = 20_000;

/** One checked bare address of what a field holds, or null. */
export function bareAddress(text: string | null | undefined): string | null {
  if (!text || text.length > MAX_TEXT) return null;
  const inBrackets = /<([^<>]{3,320})>/.exec(text)?.[1];
  const candidate = (inBrackets ?? text)
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^['"]|['"]$/g, '');
  return normalizeEmail(candidate) ?? addressesInText(candidate)[0] ?? null;
}

/** Addresses in the order in which they stand in a text. */
export function addressesInText(text: string): string[] {
  const found = new Set<string>();
  for (const [match] of text.slice(0, MAX_TEXT).matchAll(IN_TEXT)) {
    const address = normalizeEmail(match.replace(/^['`=.-]+/, ''));
    if (address !== null) found.add(address);
  }
  return [...found];
}

/**
 * The recipient that a report's field names: `rfc822; ann@lake.example`. Letters beyond ASCII may stand as
 * `\x{E4}` (RFC 6533).
 */
export function recipientIn(field: string | undefined): string | null {
  if (field === undefined) return null;
  const semicolon = field.indexOf(';');
  const kind = semicolon < 0 ? '' : field.slice(0, semicolon).trim().toLowerCase();
  if (kind === 'x-unix' || kind === 'x400' || kind === 'x.400') return null;
  const value = field.slice(semicolon + 1).replace(/\\x\{([0-9A-F]{1,6})\}/gi, (whole, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
  return bareAddress(value);
}

export interface Verp {
  token: string;
  /** The person that the address was made for, where it says so. */
  recipient: string | null;
}

/** `bounce+token@…` and `bounce+token=ann=lake.example@…`: the address that a mail of ours was sent from. */
const VERP = /^bounces?\+([\w-]{4,128})(?:=([^=@]{1,64})=([^=@]{1,255}))?@/i;

/** The first of our own envelope addresses among these. */
export function verpIn(addresses: readonly (string | null | undefined)[]): Verp | null {
  for (const address of addresses) {
    const found = VERP.exec(address ?? '');
    if (!found) continue;
    const [, token, local, domain] = found;
    return { token: token!, recipient: local && domain ? normalizeEmail(`${local}@${domain}`) : null };
  }
  return null;
}

/** A Message-ID without its angle brackets. */
export function messageIdIn(field: string | null | undefined): string | null {
  return messageIdsIn(field)[0] ?? null;
}

const MAX_IDS = 100;

export function messageIdsIn(field: string | null | undefined): string[] {
  if (!field) return [];
  const inBrackets = [...field.matchAll(/<([^<>\s]{1,990})>/g)].map(([, id]) => id!);
  if (inBrackets.length > 0) return [...new Set(inBrackets)].slice(0, MAX_IDS);
  const bare = field.trim().split(/\s/, 1)[0]!.replace(/[<>]/g, '');
  return /^[^\s@]{1,250}@[^\s@]{1,250}$/.test(bare) ? [bare] : [];
}
