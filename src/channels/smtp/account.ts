import { createPublicKey } from 'node:crypto';
import type { FieldSpec, SettingValue } from '../domain/account-fields';
import type { ChannelLine } from '../domain/channel';
import type { PublishedKey } from './domain-records';

const SECURITIES = ['tls', 'starttls', 'none'] as const;
type Security = (typeof SECURITIES)[number];

const SUBMISSION_PORT = 587;
const IMAPS_PORT = 993;
/** Of a public key, at the end of its longer form. */
const ED25519_BYTES = 32;

const port = { type: 'number', min: 1, max: 65_535 } as const;
const security = { type: 'choice', choices: SECURITIES } as const;

/** What an account at a mail server has. */
export const ACCOUNT_SCHEMA: readonly FieldSpec[] = [
  {
    name: 'smtpHost',
    type: 'host',
    required: true,
    max: 253,
    label: 'SMTP host',
    help: 'Of the server that takes the mails, such as smtp.example.com.',
  },
  { name: 'smtpPort', ...port, label: 'SMTP port', help: '587 with STARTTLS, 465 with TLS.', default: SUBMISSION_PORT },
  {
    name: 'smtpSecurity',
    ...security,
    label: 'SMTP security',
    help: 'tls from the first byte, starttls (mails go only over TLS), or none for a server in a net of your own.',
    default: 'starttls',
  },
  { name: 'smtpUser', type: 'string', max: 320, label: 'SMTP user', help: 'Without one, nobody logs in.' },
  { name: 'smtpPassword', type: 'string', secret: true, max: 500, label: 'SMTP password', help: 'Or an app password.' },
  {
    name: 'imapHost',
    type: 'host',
    max: 253,
    label: 'IMAP host',
    help: 'Of the mailbox that replies and bounces come to. Without one, nothing that comes in is read.',
  },
  { name: 'imapPort', ...port, label: 'IMAP port', help: '993 with TLS, 143 with STARTTLS.', default: IMAPS_PORT },
  { name: 'imapSecurity', ...security, label: 'IMAP security', help: 'As for SMTP.', default: 'tls' },
  { name: 'imapUser', type: 'string', max: 320, label: 'IMAP user', help: 'That of SMTP where none is given.' },
  {
    name: 'imapPassword',
    type: 'string',
    secret: true,
    max: 500,
    label: 'IMAP password',
    help: 'Needed with an IMAP user of its own; else that of SMTP is taken.',
  },
  {
    name: 'verp',
    type: 'boolean',
    label: 'Bounces by address',
    help: 'Send from bounce+ID@ the domain of the line, so that each bounce names its mail. Those addresses must come to the mailbox.',
    default: false,
  },
  {
    name: 'dkimDomain',
    type: 'string',
    max: 253,
    label: 'DKIM domain',
    help: 'Where the relay does not sign. Its record is SELECTOR._domainkey.DOMAIN.',
    pattern: { source: '[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?', words: 'must be a domain, such as example.com' },
  },
  {
    name: 'dkimSelector',
    type: 'string',
    max: 63,
    label: 'DKIM selector',
    help: 'The first label of the record of the key.',
    pattern: { source: '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?', words: 'must be a selector, such as s1' },
  },
  {
    name: 'dkimPrivateKey',
    type: 'string',
    secret: true,
    max: 10_000,
    label: 'DKIM private key',
    help: 'As PEM, with its BEGIN and END lines.',
  },
];

/** What a line has: its address, and whose it is. */
export const LINE_SCHEMA: readonly FieldSpec[] = [
  {
    name: 'email',
    type: 'string',
    required: true,
    label: 'E-mail address',
    help: 'From which mails are sent, and to which people answer.',
  },
  { name: 'firstName', type: 'string', label: 'First name', help: 'With the last name, who mails are from.' },
  { name: 'lastName', type: 'string', label: 'Last name', help: 'With the first name, who mails are from.' },
];

/** A server, and who logs in there. */
export interface MailServer {
  host: string;
  port: number;
  security: Security;
  /** `null`: nobody logs in. */
  login: { user: string; password: string } | null;
}

export interface DkimKey {
  domain: string;
  selector: string;
  privateKey: string;
}

/** An account that can be used. */
export interface MailAccount {
  /** Whose it is: what one account learns is not for another. */
  id: string;
  smtp: MailServer;
  /** `null`: nothing that comes in is read. */
  imap: MailServer | null;
  verp: boolean;
  dkim: DkimKey | null;
}

/**
 * The account of the line. @returns what it lacks, in words, where it cannot be used
 * @param mayTalkOpenly whether a password may go over a connection without TLS
 */
export function accountOf({ account }: ChannelLine, mayTalkOpenly: boolean): MailAccount | string {
  const { id, settings, secrets } = account;
  const host = textOf(settings.smtpHost);
  if (!host) return 'the account has no SMTP host';
  const [user, password] = [textOf(settings.smtpUser), secrets.smtpPassword ?? null];
  if (user && !password) return 'the account has an SMTP user without a password';
  const login = user && password ? { user, password } : null;
  const smtpSecurity = securityOf(settings.smtpSecurity, 'starttls');
  const smtp = { host, port: portOf(settings.smtpPort, SUBMISSION_PORT), security: smtpSecurity, login };
  const imap = imapOf(account, login);
  if (typeof imap === 'string') return imap;
  const open = [smtp, imap].some((server) => server?.security === 'none' && server.login);
  if (open && !mayTalkOpenly) return 'the password would be sent in the clear: choose tls or starttls';
  const dkim = dkimOf(account);
  if (typeof dkim === 'string') return dkim;
  return { id, smtp, imap, verp: settings.verp === true, dkim };
}

function imapOf({ settings, secrets }: ChannelLine['account'], smtpLogin: MailServer['login']): MailServer | null | string {
  const host = textOf(settings.imapHost);
  if (!host) return null;
  const [user, password] = [textOf(settings.imapUser), secrets.imapPassword ?? null];
  if (user && !password) return 'the account has an IMAP user without a password';
  const login = user && password ? { user, password } : smtpLogin;
  if (!login) return 'the account has an IMAP host without a user';
  const own = password ? { ...login, password } : login;
  return { host, port: portOf(settings.imapPort, IMAPS_PORT), security: securityOf(settings.imapSecurity, 'tls'), login: own };
}

function dkimOf({ settings, secrets }: Pick<ChannelLine['account'], 'settings' | 'secrets'>): DkimKey | null | string {
  const [domain, selector] = [textOf(settings.dkimDomain), textOf(settings.dkimSelector)];
  const privateKey = secrets.dkimPrivateKey || null;
  if (!domain && !selector && !privateKey) return null;
  return domain && selector && privateKey
    ? { domain, selector, privateKey }
    : 'DKIM needs a domain, a selector and a private key, or none of them';
}

/** The key as its record has to have it. @returns `null`: there is none, or it cannot be used */
export function publishedKeyOf({ settings, secrets }: ChannelLine['account']): PublishedKey | null {
  const dkim = dkimOf({ settings, secrets });
  if (dkim === null || typeof dkim === 'string') return null;
  const { domain, selector, privateKey } = dkim;
  try {
    const key = createPublicKey(pemOf(privateKey));
    const spki = key.export({ type: 'spki', format: 'der' });
    if (key.asymmetricKeyType === 'ed25519') {
      return { domain, selector, type: 'ed25519', publicKeys: [spki.subarray(-ED25519_BYTES).toString('base64')] };
    }
    const forms = [spki, key.export({ type: 'pkcs1', format: 'der' })];
    return { domain, selector, type: 'rsa', publicKeys: forms.map((form) => form.toString('base64')) };
  } catch {
    return null;
  }
}

/** A key that was given on one line. */
export const pemOf = (privateKey: string): string => privateKey.replaceAll('\\n', '\n');

const textOf = (value: SettingValue | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const portOf = (value: SettingValue | undefined, usual: number): number => (typeof value === 'number' ? value : usual);
const securityOf = (value: SettingValue | undefined, usual: Security): Security =>
  SECURITIES.find((one) => one === value) ?? usual;
