import { nationalDigits } from './national';

/**
 * What people type before the @ where a form wants an address and there is none; separators do not matter.
 */
const NO_ADDRESS: ReadonlySet<string> = new Set([
  ...['noemail', 'nomail', 'noemailaddress', 'noemailprovided', 'noemailgiven', 'noemailavailable', 'noemailonfile'],
  ...['noemailyet', 'noaddress', 'notprovided', 'notavailable', 'notapplicable', 'noneprovided', 'nonegiven'],
  ...['emailnotprovided', 'emailunknown', 'unknownemail', 'donthaveemail', 'keineemail', 'keinemail', 'sinemail', 'sincorreo'],
  ...['pasdemail', 'sememail', 'nessunaemail', 'geenemail'],
]);
/** Words that nobody is called; an address is a placeholder when its domain has the same name. */
const FILLERS: ReadonlySet<string> = new Set([
  ...['test', 'testing', 'na', 'no', 'nobody', 'noone', 'null', 'nil', 'undefined', 'unknown', 'unavailable', 'invalid'],
  ...['email', 'mail', 'fake', 'dummy', 'sample', 'example', 'blank', 'empty', 'temp', 'anonymous', 'placeholder', 'nowhere'],
  ...['a', 'x', 'aa', 'xx', 'aaa', 'xxx', 'abc', 'xyz', 'asd', 'asdf', 'qwerty', 'foo', 'domain', 'user', 'name'],
  ...['1', '0', '123', '1234', '12345'],
]);
/** Others that people and templates write, before and after the @. */
const PAIRS: ReadonlySet<string> = new Set([
  ...['user@domain', 'name@domain', 'email@domain', 'you@domain', 'yourname@domain', 'test@domain', 'someone@domain'],
  ...['your@email', 'youremail@email', 'fake@email', 'test@email', 'no@email', 'nobody@nowhere', 'noone@nowhere', 'foo@bar'],
]);
/** Below which names are registered, as in `co.uk`. */
const REGISTRIES: ReadonlySet<string> = new Set(['co', 'com', 'org', 'net', 'ac', 'gov']);

/**
 * Does the address stand for "there is none"? Such addresses are shared by people who have nothing else in
 * common, and would make duplicates of them.
 * @param address normalized: E.164, or an e-mail address
 */
export const isPlaceholder = (address: string): boolean =>
  address.includes('@') ? isPlaceholderEmail(address) : isPlaceholderPhone(address);

function isPlaceholderEmail(address: string): boolean {
  const [local, domain] = address.split('@') as [string, string];
  const plain = local.replace(/\+.*$/, '');
  // People number them, where a form wants each address once.
  const word = plain.replace(/\d+$/, '') || plain;
  if (word === 'none' || NO_ADDRESS.has(word.replace(/[._-]/g, ''))) return true;
  const labels = domain.split('.');
  const isNameFirst = labels.length === 2 || (labels.length === 3 && REGISTRIES.has(labels[1]!));
  if (!isNameFirst) return false;
  return (plain === labels[0] && FILLERS.has(plain)) || PAIRS.has(`${plain}@${labels[0]}`);
}

/** Rows of the keyboard, of the countries of +1, where they have the length of a number. */
const KEYBOARD_ROWS: ReadonlySet<string> = new Set(['+11234567890', '+10123456789']);

/** All digits are the same, in any country, or they are a row of the keyboard. */
const isPlaceholderPhone = (e164: string): boolean => /^(\d)\1*$/.test(nationalDigits(e164)) || KEYBOARD_ROWS.has(e164);
