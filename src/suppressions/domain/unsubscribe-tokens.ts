import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { ID_PATTERN, type WorkspaceId, workspaceId as asWorkspace } from '../../platform/ids';

/** Whose link it is: what one message said to one address. */
export interface LinkHolder {
  workspaceId: WorkspaceId;
  messageId: string;
  /** The lead whom the message was for. */
  leadId: string;
  /** Where the message went. */
  address: string;
  /** What the message came by, and the link therefore ends: e-mail, or every channel of phones. */
  channel: 'email' | 'phone';
}

/** Of each derived key: its first half encrypts, its second half authenticates. */
export const LINK_KEY_BYTES = 64;
const AUTHENTICATOR_BYTES = 16;
const ID_BYTES = 12;
const CHANNELS: readonly LinkHolder['channel'][] = ['email', 'phone'];
/** What makes links of texts leaves a sign at the end out of them. */
const ENDS_WELL = /[A-Za-z0-9]$/;
const VARIANTS = 64;
/** Far longer than that of the longest address. */
const TOKEN = /^[\w-]{56,1500}$/;

/**
 * Makes and reads the tokens of unsubscribe links. A token carries everything that the link needs, sealed, so
 * that it works without the lead and the message, shows no address to whoever sees it in a log, and cannot be
 * made or changed by anybody else. The same message to the same address has the same token.
 *
 * The construction is that of SIV (RFC 5297) with HMAC-SHA256 and AES-256-CTR: the authenticator of the
 * content is its initialization vector too, which spares the 16 letters of a second one.
 */
export class UnsubscribeTokens {
  /** @param keys `LINK_KEY_BYTES` each; the first one seals, all of them open */
  constructor(private readonly keys: readonly Buffer[]) {}

  seal(holder: LinkHolder): string {
    let token = '';
    for (let variant = 0; variant < VARIANTS && !ENDS_WELL.test(token); variant++) token = this.sealed(encode(holder, variant));
    return token;
  }

  /** @returns `null` when it was sealed under none of the keys, or was changed */
  open(token: string): LinkHolder | null {
    if (!TOKEN.test(token)) return null;
    const bytes = Buffer.from(token, 'base64url');
    // The last letter may hold bits that do not count: one link has one spelling.
    if (bytes.toString('base64url') !== token) return null;
    const authenticator = bytes.subarray(0, AUTHENTICATOR_BYTES);
    for (const key of this.keys) {
      const decipher = createDecipheriv('aes-256-ctr', encryptionKey(key), authenticator);
      const content = Buffer.concat([decipher.update(bytes.subarray(AUTHENTICATOR_BYTES)), decipher.final()]);
      if (timingSafeEqual(authenticate(key, content), authenticator)) return decode(content);
    }
    return null;
  }

  private sealed(content: Buffer): string {
    const key = this.keys[0]!;
    const authenticator = authenticate(key, content);
    const cipher = createCipheriv('aes-256-ctr', encryptionKey(key), authenticator);
    return Buffer.concat([authenticator, cipher.update(content), cipher.final()]).toString('base64url');
  }
}

const encryptionKey = (key: Buffer): Buffer => key.subarray(0, LINK_KEY_BYTES / 2);

const authenticate = (key: Buffer, content: Buffer): Buffer =>
  createHmac('sha256', key.subarray(LINK_KEY_BYTES / 2))
    .update(content)
    .digest()
    .subarray(0, AUTHENTICATOR_BYTES);

/** The first byte has the channel and the variant; its highest bit is kept for another form. */
function encode({ workspaceId, messageId, leadId, address, channel }: LinkHolder, variant: number): Buffer {
  const workspace = Buffer.from(workspaceId, 'utf8');
  if (workspace.length > 255) throw new Error('The id of the workspace is too long for a link');
  const ids = [messageId, leadId].map((id) => {
    if (!ID_PATTERN.test(id)) throw new Error(`${id} is not an id`);
    return Buffer.from(id, 'hex');
  });
  const head = Buffer.from([variant * CHANNELS.length + CHANNELS.indexOf(channel), workspace.length]);
  return Buffer.concat([head, workspace, ...ids, Buffer.from(address, 'utf8')]);
}

/** @returns `null` for a form that only another version knows */
function decode(content: Buffer): LinkHolder | null {
  const kind = content[0]!;
  if (kind >= VARIANTS * CHANNELS.length) return null;
  let at = 2;
  const next = (bytes: number) => content.subarray(at, (at += bytes));
  return {
    channel: CHANNELS[kind % CHANNELS.length]!,
    workspaceId: asWorkspace(next(content[1]!).toString('utf8')),
    messageId: next(ID_BYTES).toString('hex'),
    leadId: next(ID_BYTES).toString('hex'),
    address: content.subarray(at).toString('utf8'),
  };
}
