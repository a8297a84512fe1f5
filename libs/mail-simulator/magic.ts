/** What becomes of a mail, by the local part of its recipient. */
export type Magic =
  | { kind: 'refuse'; reply: string }
  | { kind: 'bounce'; status: string }
  | { kind: 'delay' | 'complain' | 'away' }
  | { kind: 'take' };

const REFUSE = /^refuse\+(\d{3})(?:-(\d\.\d{1,3}\.\d{1,3}))?$/;
const BOUNCE = /^bounce\+(\d\.\d{1,3}\.\d{1,3})$/;

/**
 * By magic address: `refuse+550-5.1.1@`, `bounce+5.1.1@`, `delay@`, `complain@`, `away@`. Any other is taken.
 */
export function magicOf(recipient: string): Magic {
  const local = recipient.slice(0, recipient.lastIndexOf('@')).toLowerCase();
  const [, code, enhanced] = REFUSE.exec(local) ?? [];
  if (code !== undefined) {
    return { kind: 'refuse', reply: `${code} ${enhanced ? `${enhanced} ` : ''}${wordsOf(enhanced ?? '')}` };
  }
  const status = BOUNCE.exec(local)?.[1];
  if (status !== undefined) return { kind: 'bounce', status };
  if (local === 'delay' || local === 'complain' || local === 'away') return { kind: local };
  return { kind: 'take' };
}

/** The words of RFC 3463, more or less. */
export function wordsOf(status: string): string {
  if (status === '5.1.1') return 'User unknown';
  if (status === '5.1.2') return 'Host or domain name not found';
  if (status === '5.2.2') return 'The mailbox is full';
  if (/^[45]\.7\./.test(status)) return 'Message rejected due to local policy';
  return 'Requested action not taken';
}
