import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { type Encoding, encodingAsNamed, encodingNamed, ENCODINGS, EncodingSniffer, turnIntoUtf8 } from '.';
import { upperHalfOf } from './encodings';

const inPieces = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));

/** The first piece has at least four bytes. */
function sniff(bytes: Buffer, size = 5) {
  const sniffer = new EncodingSniffer();
  sniffer.take(bytes.subarray(0, 4));
  for (const piece of inPieces(bytes.subarray(4), size)) sniffer.take(piece);
  return sniffer.found();
}
const utf16 = (text: string, end: 'le' | 'be' = 'le') =>
  end === 'be' ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf16le');
const written = (text: string, encoding: Parameters<typeof upperHalfOf>[0]) =>
  Buffer.from([...text].map((each) => (each < '\x80' ? each.charCodeAt(0) : 0x80 + upperHalfOf(encoding).indexOf(each))));
const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

describe('the encoding of a file', () => {
  it.each<[string, Buffer, Encoding]>([
    ['UTF-8', Buffer.from('Zoë 😀'), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from('\ufeffa,b'), 'utf-8'],
    ['ASCII', Buffer.from('a,b'), 'utf-8'],
    ['little-endian UTF-16 with a mark', utf16('\ufeffa,b'), 'utf-16le'],
    ['big-endian UTF-16 with a mark', utf16('\ufeffa,b', 'be'), 'utf-16be'],
    ['UTF-16 with a mark, all Chinese', utf16('\ufeff李雷韩梅'), 'utf-16le'],
    ['UTF-16 without one', utf16('name,email'), 'utf-16le'],
    ['big-endian UTF-16 without one', utf16('name,email', 'be'), 'utf-16be'],
  ])('is found: %s', (_, file, encoding) => {
    expect(sniff(file, 8)).toMatchObject({ encoding, readAs: 'utf-8', wrongBytes: 0 });
  });

  it.each<[string, Buffer, number]>([
    ['one wrong byte', bytes('Zoë,Müller,Ren', 0xe9, ',李,雷'), 1],
    ['a character that is cut off at the end', bytes('Zoë\nAnn\nJos', 0xc3), 1],
    ['half of three bytes', bytes('Zoë,李,', 0xe6, 0x9d, ',x'), 2],
    ['quotes of Word', bytes('Zoë,Müller,Ø,Å: ', 0x93, 'x', 0x94), 2],
    ['a mark, and nothing else right', bytes('\ufeffRen', 0xe9, ' Fran', 0xe7, 'ois'), 2],
    ['encoded surrogates and overlong bytes', bytes('ëöüäßéè ', 0xed, 0xa0, 0x80, ' ', 0xc0, 0xaf), 5],
  ])('is UTF-8 with %s', (_, file, wrongBytes) => {
    for (const size of [1, 2, 3, 7, 100])
      expect(sniff(file, size)).toMatchObject({ encoding: 'utf-8', readAs: 'mended utf-8', wrongBytes });
  });

  it.each<[Parameters<typeof upperHalfOf>[0], string[]]>([
    [
      'windows-1252',
      [
        'Zoë',
        'Müller,Straße,Köln',
        'René',
        'François Lefèvre',
        'D’Angelo',
        'O’Brien – “Bolt”',
        'José Muñoz',
        'Ångström Ødegård',
        'MÜLLER & SÖHNE',
        'PEÑA',
        '10 €',
        'Sørensen,Bjørn',
        'João Gonçalves',
        'Þór,Guðrún',
      ],
    ],
    ['macintosh', ['Zoë,Müller', 'Zoë', 'José Muñoz', 'Jürgen Groß', 'François Lefèvre', 'Ådahl', 'MÜLLER', 'L’Été à Orléans']],
    ['windows-1251', ['Иван', 'Мария Иванова', 'ПЕТРОВ,Сергей', 'Київ,Олександр', 'Объявление']],
    ['windows-1250', ['Wałęsa', 'Łukasz Żółty', 'Kraków,Gdańsk,Łódź', 'Stanisław Wójcik']],
    ['koi8-r', ['Иван,Мария', 'Сергей Петров']],
    ['windows-1253', ['Γιώργος Παπαδόπουλος', 'Ελένη,Αθήνα']],
    ['ibm866', ['Иван Петров,Мария']],
  ])('is told by the words: %s', (encoding, texts) => {
    for (const text of texts) {
      for (const size of [3, 100])
        expect([text, sniff(written(`First Name\n${text}\n`, encoding), size)]).toMatchObject([
          text,
          { encoding, readAs: encoding, evidence: 'words' },
        ]);
    }
  });

  it('does not depend on where its parts end', () => {
    const unit = fc.constantFrom(
      ...['a', ' ', ',', 'ë', '李', '😀'].map((each) => Buffer.from(each)),
      ...[0xe9, 0x93, 0xc3, 0xf0].map((each) => Buffer.from([each])),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (units, size) => {
        const file = Buffer.concat([Buffer.from('name'), ...units]);
        expect(sniff(file, size)).toEqual(sniff(file, 1_000));
      }),
    );
  });

  it('is UTF-8 also where there is nothing but it for long', () => {
    for (const size of [700, 1_025, 4_096])
      expect(sniff(Buffer.from('李雷韩梅'.repeat(3_000)), size)).toMatchObject({ readAs: 'utf-8', wrongBytes: 0 });
  });
});

describe('an encoding that is named', () => {
  it.each([
    ['utf-8', 'utf-8'],
    ['UTF8', 'utf-8'],
    [' latin1 ', 'windows-1252'],
    ['cp1251', 'windows-1251'],
    ['mac', 'macintosh'],
    ['sjis', 'shift_jis'],
    ['gb2312', 'gbk'],
    ['utf-16', 'utf-16le'],
    ['klingon', null],
    ['iso-2022-jp', null],
    ['', null],
  ])('%j is %j', (name, encoding) => {
    expect(encodingNamed(name)).toBe(encoding);
  });

  it('is known by its own name, all of them', () => {
    expect(ENCODINGS.map(encodingNamed)).toEqual(ENCODINGS);
  });

  it.each<[string, Buffer, Encoding, object | null]>([
    [
      'takes the place of evidence',
      written('Zoë', 'windows-1252'),
      'macintosh',
      { encoding: 'macintosh', readAs: 'macintosh', evidence: 'named' },
    ],
    ['may be UTF-8 that is mostly wrong', written('Zoë', 'windows-1252'), 'utf-8', { readAs: 'mended utf-8', wrongBytes: 1 }],
    ['may be UTF-8 that is right', Buffer.from('Zoë'), 'utf-8', { readAs: 'utf-8', wrongBytes: 0 }],
    ['is read as UTF-8 where it is turned into it', Buffer.from('x'), 'gbk', { encoding: 'gbk', readAs: 'utf-8' }],
    ['may be what the mark says', utf16('\ufeffx'), 'utf-16le', { encoding: 'utf-16le', evidence: 'mark' }],
    ['cannot be another than that', utf16('\ufeffx'), 'utf-16be', null],
    ['cannot be one of bytes where every other is zero', utf16('name,email'), 'windows-1252', null],
  ])('%s', (_, file, encoding, as) => {
    const named = encodingAsNamed(sniff(file), encoding);
    if (as === null) expect(named).toBe(null);
    else expect(named).toMatchObject(as);
  });

  it('is turned into UTF-8, characters on the edge of a piece included', async () => {
    for (const [encoding, file, text] of [
      ['utf-16le', utf16('\ufeffZoë 😀,x'), 'Zoë 😀,x'],
      ['utf-16be', utf16('\ufeffZoë 😀,x', 'be'), 'Zoë 😀,x'],
      ['shift_jis', Buffer.from([0x8e, 0x52, 0x93, 0x63, 0x2c, 0x83, 0x5c]), '山田,ソ'],
      ['gbk', Buffer.from([0xc0, 0xee, 0xc0, 0xd7, 0x2c, 0x78]), '李雷,x'],
    ] as const) {
      const pieces = Readable.from(inPieces(file, 3));
      expect((await buffer(pieces.pipe(turnIntoUtf8(encoding)))).toString()).toBe(text);
    }
  });
});
