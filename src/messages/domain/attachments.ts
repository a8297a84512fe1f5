import { hostIs } from '../../platform/targets';
import { cutText } from '../../platform/texts';

/** A file that a message carries, by its URL; it is fetched when its turn comes. */
export interface Attachment {
  url: string;
  /** What the recipient sees; `null`: the name in the URL. */
  name: string | null;
}

export const MAX_ATTACHMENTS = 2;

/** What may be called. */
export interface Targets {
  allowsPrivate: boolean;
}
export const MAX_ATTACHMENT_BYTES = 25 * 1_048_576;
const MAX_NAME_LENGTH = 200;

/** The kinds of file that may be sent, by the endings that their names have. */
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  caf: 'audio/x-caf',
  pdf: 'application/pdf',
};
const ATTACHMENT_ENDINGS: readonly string[] = Object.keys(TYPES);

/** Endings of files that are of none of these kinds: such a name is refused at once. */
const OTHER_FILES = new Set(
  (
    'exe msi bat cmd sh jar apk dmg iso zip rar 7z tar gz doc docx xls xlsx ppt pptx odt ods txt csv rtf html htm svg xml json ' +
    'mp3 wav ogg flac aac m4a avi mkv webm wmv flv bmp tif tiff psd ico avif eml vcf ics'
  ).split(' '),
);
/** Other endings of files of these kinds, and those of programs that answer with a file. */
const REPLACEABLE = new Set([
  ...ATTACHMENT_ENDINGS,
  ...'jfif jpe heif heics m4v qt php asp aspx ashx jsp cgi bin tmp dat'.split(' '),
]);

const endingOf = (name: string): string | null => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? null;

/** The last part of a URL's path, or a default name. */
function nameIn(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || 'attachment';
  } catch {
    return last;
  }
}

/** Without what would make a path of it, or be invisible. */
const plain = (name: string): string => name.replace(/[\p{Cc}\p{Cf}/\\]/gu, '').trim();

/**
 * What is wrong with an attachment, as far as its URL and name tell; `null` when nothing is. An ending that
 * is none of a file (`John.Doe`) says nothing: the content is judged when it was fetched.
 */
export function attachmentProblem({ url, name }: Attachment, { allowsPrivate }: Targets): string | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return 'must be an http or https URL';
  if (parsed.username || parsed.password) return 'must be a URL without a user';
  if (hostIs(parsed) === 'private' && !allowsPrivate) return 'must not be an address in a private range';
  if (name !== null && (plain(name) === '' || name.length > MAX_NAME_LENGTH)) return 'must have a name of 1 to 200 characters';
  const ending = endingOf(name ?? nameIn(url));
  if (ending !== null && OTHER_FILES.has(ending)) return `must be one of ${ATTACHMENT_ENDINGS.join(', ')}`;
  return null;
}

/**
 * The name under which a file of that type goes out. It always has an ending of the type, since devices go by
 * that: another file's ending is replaced (`photo.jpg` that is HEIC becomes `photo.heic`), and a name without
 * one gets it (`John.Doe.jpg`).
 */
export function attachmentName({ url, name }: Attachment, type: string): string {
  const given = cutText(plain(name ?? nameIn(url)), MAX_NAME_LENGTH) || 'attachment';
  const own = endingOf(given);
  if (own !== null && TYPES[own] === type) return given;
  const ending = ATTACHMENT_ENDINGS.find((one) => TYPES[one] === type)!;
  const stem = own !== null && (REPLACEABLE.has(own) || OTHER_FILES.has(own)) ? given.slice(0, -own.length - 1) : given;
  return `${stem || 'attachment'}.${ending}`;
}

const text = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1']);
const QUICKTIME_ATOMS = new Set(['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

/**
 * The media type of a file by its first bytes, whatever its name or its server says: a page that says "sign
 * in first" is no picture. `null` for what may not be sent.
 */
export function typeOfFile(bytes: Uint8Array): string | null {
  if (bytes.length < 12) return null;
  if (bytes[0] === 0x89 && text(bytes, 1, 4) === 'PNG') return TYPES.png!;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return TYPES.jpeg!;
  if (/^GIF8[79]a$/.test(text(bytes, 0, 6))) return TYPES.gif!;
  if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return TYPES.webp!;
  if (text(bytes, 0, 4) === 'caff') return TYPES.caf!;
  if (text(bytes, 0, 5) === '%PDF-') return TYPES.pdf!;
  const atom = text(bytes, 4, 8);
  if (atom === 'ftyp') {
    const brand = text(bytes, 8, 12);
    if (HEIC_BRANDS.has(brand)) return TYPES.heic!;
    return brand === 'qt  ' ? TYPES.mov! : TYPES.mp4!;
  }
  return QUICKTIME_ATOMS.has(atom) ? TYPES.mov! : null;
}
