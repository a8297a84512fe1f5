/** A chat's guid taken apart: `iMessage;-;+12025551234` or `iMessage;+;chat123`. */
export interface ChatName {
  service: string;
  isGroup: boolean;
  identifier: string;
}

/** Null when it is no chat's guid. */
export function chatNameOf(guid: string): ChatName | null {
  const [service, kind, identifier, ...rest] = guid.split(';');
  if (!service || (kind !== '-' && kind !== '+') || !identifier || rest.length > 0) return null;
  return { service, isGroup: kind === '+', identifier };
}

/** Whether the Mac calls every direct chat `any;-;…`. */
export const namesChatsAny = (macos: number): boolean => macos >= 26;

/** What the Mac calls a chat. */
export function chatGuidOf({ service, isGroup, identifier }: ChatName, macos: number): string {
  if (isGroup) return `${service};+;${identifier}`;
  return `${namesChatsAny(macos) ? 'any' : service};-;${identifier}`;
}

/**
 * An address as the server changes it before it opens a chat, asks for iMessage or tells AppleScript: in
 * lower case; an e-mail address loses `-`, `+`, `'` and other signs; a phone loses all but digits and `+`,
 * and gets the Mac's country code in front where it has no `+`.
 */
export function rewrittenAddress(address: string, countryCode: string): string {
  const lower = address.toLowerCase().replace(/\s+/g, '');
  if (lower.includes('@')) return lower.replace(/[^a-z0-9_@./:;<=>?[\\\]^]+/g, '');
  const number = lower.replace(/[^\d+]+/g, '');
  return number.startsWith('+') ? number : `+${countryCode}${number}`;
}

/** A direct chat's guid as AppleScript's main path changes it; a group's stays. */
export function rewrittenChatGuid(guid: string, countryCode: string): string {
  const at = guid.indexOf(';-;');
  return at < 0 ? guid : `${guid.slice(0, at)};-;${rewrittenAddress(guid.slice(at + 3), countryCode)}`;
}
