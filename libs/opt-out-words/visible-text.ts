import { normalize, tokensOf } from './normalize';

/** A line above a quoted e-mail, in many languages: "On Monday, … wrote:", "Am 3. Mai schrieb …:". */
const WROTE =
  /(?:wrote|schrieb|schrieben|ecrit|escribio|escreveu|ha scritto|schreef|skrev|napisala?|napisal\(a\)|kirjoitti|пишет|писала?|написала?|yazdi|έγραψε|εγραψε|כתבה?|كتبت?|写道|寫道)(?:[^\p{L}].{0,80})?:\s*$/u;
const HAS_ADDRESS_OR_DATE = /[@\d]/;
/** What Outlook and its like put above the message that is answered. */
const DIVIDER =
  /^\s*(?:-{2,}\s*(?:original message|ursprungliche nachricht|message d'origine|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|forwarded message|weitergeleitete nachricht)|_{10,})/;
const SENDER_LINE = /^\s*\*?(?:from|von|de|da|van|fran|fra|od|от|lahettaja|kimden|发件人|寄件者|差出人|보낸 사람)\s*:\*?\s.*[@<]/;

/** How phones and mail apps sign. */
const SIGNATURE = new RegExp(
  '^\\W*(?:' +
    [
      "(?:sent|posted) (?:from|with|via|using) [\\w'&/ .,-]{1,50}$",
      'get (?:outlook|bluemail|mail|yahoo)\\b',
      '(?:von|vom) (?:meinem|unserem|mein|iphone|ipad|handy|smartphone|samsung|mobil)[^.]* (?:gesendet|gesandt|geschrieben|versendet)',
      '(?:gesendet|gesandt|diese nachricht wurde|geschrieben) (?:von|vom|mit|uber)\\b',
      'envoye (?:de|depuis|a partir|par|avec|via)\\b',
      'telecharge[rz]? outlook',
      'enviado (?:desde|de|do|da|a partir|pelo|pela|con|com|via|por)\\b',
      'obtener outlook|obter o outlook|ottieni outlook|outlook (?:fur|voor|pour) ',
      '(?:inviato|spedito) (?:da|dal|dall|con|tramite)',
      '(?:verzonden|verstuurd) (?:vanaf|van|met|via)\\b',
      '(?:skickat|skickad) (?:fran|med|via)\\b',
      'sendt (?:fra|med|via)\\b',
      'lahetetty ',
      'wyslane? (?:z|za|przez)\\b',
      'odeslano (?:z|ze|pomoci)\\b',
      'отправлено (?:с|со|из)(?= )',
      'σταλθηκε απο|εσταλη απο',
      'נשלח מ',
      'ارسلت? من|مرسل من',
      '(?:发|發)自|從我的|从我的|我的 ?(?:iphone|ipad)',
      '(?:iphone|ipad|android|スマートフォン)から',
      '(?:나의|내) (?:iphone|ipad|갤럭시|아이폰)',
    ].join('|') +
    ')|(?:iphone|ipad|android|telefon)\\S*\\s*(?:\\S+ )?gonderildi|(?:에서|에서 )\\s*보냄|मेरे .{1,20} से भेजा गया',
);
/** Where one may begin in the middle of a line. */
const SIGNATURE_ON_A_LINE =
  /[\s.!,-](?=(?:sent from my|von meinem i|envoye de mon|enviado desde mi|enviado do meu|inviato da) ?\S)/;
/** "Sent from my other phone, stop it" */
const SAYS_MORE = /\b(?:stop|unsubscribe|remove)\b/;
const LONGEST_SIGNATURE = 90;
/** A shorter line may be anybody's own words, even where our text holds them. */
const SHORTEST_QUOTE = { words: 3, letters: 12 };

/**
 * What a person wrote themselves: without quoted lines, without our own last text above or below, without a
 * phone's signature. Where nothing would be left, everything is theirs.
 * @param normalized see `normalize`
 */
export function visibleText(normalized: string, lastOutbound: string | null): string[] {
  const ours = lastOutbound === null ? [] : wordsOf(normalize(lastOutbound));
  const oursInARow = ` ${ours.join(' ')} `;
  const own: string[] = [];
  const lines = normalized.split('\n');
  for (const [index, line] of lines.entries()) {
    if (beginsQuote(line, lines[index + 1])) break;
    if (/^\s*[>|]/.test(line) || isSignature(line)) continue;
    const tokens = wordsOf(unsigned(line));
    const row = tokens.join(' ');
    const isQuote = tokens.length >= SHORTEST_QUOTE.words && row.length >= SHORTEST_QUOTE.letters;
    if (isQuote && oursInARow.includes(` ${row} `)) continue;
    for (const token of tokens) own.push(token);
  }
  const kept = ours.length < 2 ? own : without(own, oursInARow);
  // Letters that stood apart on several lines are one word now.
  return kept.length > 0 ? tokensOf(kept.join(' ')) : wordsOf(normalized);
}

const wordsOf = (normalized: string) => tokensOf(withoutLinks(normalized));

function beginsQuote(line: string, next: string | undefined): boolean {
  if (DIVIDER.test(line) || SENDER_LINE.test(line)) return true;
  if (WROTE.test(line) && HAS_ADDRESS_OR_DATE.test(line)) return true;
  // Mail programs break that line where it is long.
  return (
    next !== undefined &&
    HAS_ADDRESS_OR_DATE.test(line) &&
    WROTE.test(next) &&
    /^\W*(?:on|am|le|el|em|il|op|den|dnia)\s/.test(line)
  );
}

function isSignature(line: string): boolean {
  return line.length <= LONGEST_SIGNATURE && SIGNATURE.test(line) && !SAYS_MORE.test(line);
}

/** A line without the signature that some phones put on it. */
function unsigned(line: string): string {
  const at = line.search(SIGNATURE_ON_A_LINE);
  return at >= 0 && isSignature(line.slice(at + 1)) ? line.slice(0, at + 1) : line;
}

function without(tokens: readonly string[], oursInARow: string): string[] {
  const row = ` ${tokens.join(' ')} `;
  const at = row.indexOf(oursInARow);
  if (at < 0) return [...tokens];
  return `${row.slice(0, at)} ${row.slice(at + oursInARow.length)}`.split(' ').filter((token) => token !== '');
}

/** Addresses and links say nothing of what a person wants, whatever words are in them. */
function withoutLinks(normalized: string): string {
  if (!/[@/]|www/.test(normalized)) return normalized;
  return normalized
    .split(/(\s+)/)
    .map((piece) =>
      /^\W*(?:https?:\/\/|www\.)/.test(piece) || (piece.indexOf('@') > 0 && piece.lastIndexOf('.') > piece.indexOf('@') + 1)
        ? '0'
        : piece,
    )
    .join('');
}
