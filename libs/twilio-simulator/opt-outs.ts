import type { Account, Service } from './accounts';

const STOP = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);
const START = new Set(['START', 'YES', 'UNSTOP']);
const HELP = new Set(['HELP', 'INFO']);

export type Keyword = 'STOP' | 'START' | 'HELP';

/** What Twilio makes of a text, which has to be the word alone. */
export function keywordOf(text: string, service: Service | null): Keyword | null {
  const word = text.trim().toUpperCase();
  const own = service?.advancedOptOut ? (service.optOutWords ?? []) : [];
  if (STOP.has(word) || own.some((one) => one.toUpperCase() === word)) return 'STOP';
  if (START.has(word)) return 'START';
  return HELP.has(word) ? 'HELP' : null;
}

/** The service that a number belongs to. */
export const serviceOf = ({ services }: Account, number: string): Service | null =>
  services.find(({ numbers }) => numbers.includes(number)) ?? null;

/** Who has opted out, of a number alone or of a whole service: other senders still reach them. */
export class OptOuts {
  private readonly blocked = new Set<string>();

  private keyOf(account: Account, person: string, sender: string): string {
    return `${person} ${serviceOf(account, sender)?.sid ?? sender}`;
  }

  take(account: Account, { from: person, to: sender }: { from: string; to: string }, keyword: Keyword | null): void {
    const key = this.keyOf(account, person, sender);
    if (keyword === 'STOP') this.blocked.add(key);
    if (keyword === 'START') this.blocked.delete(key);
  }

  isBlocked(account: Account, person: string, sender: string): boolean {
    return this.blocked.has(this.keyOf(account, person, sender));
  }
}
