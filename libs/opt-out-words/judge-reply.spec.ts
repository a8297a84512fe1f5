import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeReply, type ReplyToJudge } from './index';

interface Case {
  id: string;
  text: string;
  kind: string;
  accept?: string[];
  language?: string;
  suppressedBefore?: boolean;
  lead?: { firstName: string; lastName: string };
  lastOutbound?: string;
}

const cases = JSON.parse(readFileSync(join(process.cwd(), 'test/fixtures/consent/messages.json'), 'utf8')) as Case[];
const kindOf = (text: string, more: Partial<ReplyToJudge> = {}) => judgeReply({ text, languages: ['en'], ...more }).kind;
const ann = { leadName: { firstName: 'Ann', lastName: 'Lee' } };
const back = { suppressedBefore: true };
const FOOTER = 'Hi Ann, this is Sam from Acme. Still looking? Reply STOP to opt out';

describe('judgeReply', () => {
  it.each(cases)('$id: $text', ({ text, kind, accept, language, suppressedBefore, lead, lastOutbound }) => {
    const judged = judgeReply({ text, languages: [language ?? 'en'], suppressedBefore, leadName: lead, lastOutbound });
    expect(accept ?? [kind]).toContain(judged.kind);
  });

  describe('takes a word for an opt-out however it is written', () => {
    it.each([
      ...[
        'STOP',
        'sToP',
        ' stop\n',
        'STOP.',
        '"stop"',
        '(stop)',
        '[STOP]',
        "'stop'",
        '…stop…',
        '—stop—',
        '#STOP',
        '/stop',
        'stop?!',
      ],
      ...[
        'stop stop stop',
        'STOPSTOP',
        'Stop. Stop! STOP',
        'stop,stop',
        'S T O P',
        's.t.o.p.',
        'S_T_O_P',
        'Stoooop',
        'STOPPPP!!!',
        'sssstop',
      ],
      ...['stop 🛑', '🛑🛑 STOP 🛑🛑', '😡stop', 'STOP 🙏🏽', 'stop 🇺🇸', '❌ STOP ❌', 'stop ‼️', 'STOP♥'],
      ...['🇸🇹🇴🇵', '🇸 🇹 🇴 🇵', '🅢🅣🅞🅟', '🆂🆃🅾🅿', 'ⓢⓣⓞⓟ', '𝐒𝐓𝐎𝐏', '𝕤𝕥𝕠𝕡', 'ꜱᴛᴏᴘ', 'ｓｔｏｐ', '⒮⒯⒪⒫', '🅂🅃🄾🄿'],
      ...[
        'S\u0336T\u0336O\u0336P\u0336',
        'st\u00adop',
        '\ufeffSTOP',
        'STOP\ufe0f',
        '\u202eSTOP\u202c',
        'ＳＴＯＰ',
        's\u0301top',
        'STOP\u00a0',
        'ST\u200dOP',
        'STOP\u0000',
      ],
      ...[
        'Please stop',
        'stop, please & thank you',
        'Thanks. Stop.',
        'pls STOP ty',
        'stop sir',
        'Stop por favor',
        'unsubscribe bitte',
        'kindly remove me',
      ],
      ...[
        'UNSUBSCRIBE',
        'un-subscribe',
        'opt out',
        'OPT-OUT',
        'opt\nout',
        'Stop all',
        'stopall',
        'revoke',
        'END',
        'quit',
        'Cancel',
      ],
      ...[
        'unsubcribe',
        'cancle',
        'st0p',
        'sotp',
        'don’t text me',
        'dont text me',
        'don´t text me',
        'DON`T TEXT ME',
        'Stop texting me!!!',
      ],
      ...[
        'Stop\n\nSent from my iPhone',
        'STOP\nGet Outlook for iOS',
        'Stop\nVon meinem iPhone gesendet',
        'stop\nEnvoyé de mon iPhone',
      ],
      ...[
        'stop\nEnviado desde mi iPhone',
        'stop\nInviato da iPhone',
        'stop\nSent from Yahoo Mail on Android',
        'stop\nSent via BlackBerry',
      ],
      ...[`STOP\n\n> ${FOOTER}`, `STOP\nOn Mon, Jan 5, 2026 at 9:00 AM Sam <sam@example.com> wrote:\n${FOOTER}`],
      ...[
        `stop\n\nAm 05.01.2026 um 09:00 schrieb Sam <sam@example.com>:\n> ${FOOTER}`,
        `STOP\n\nFrom: Sam <sam@example.com>\nSent: Monday\n\n${FOOTER}`,
      ],
      ...['STOP\n-----Original Message-----\nanything at all', 'Stop\nRemove me'],
    ])('%j', (text) => expect(kindOf(text)).toBe('opt_out'));
  });

  describe('asks a person', () => {
    it.each([
      ...[
        'Stop Bob',
        'STOP - Bob',
        'Bob: STOP',
        'I want to stop',
        'please stop sending these, thanks',
        'stop it now or else',
        'bus stop',
        'Non-stop',
      ],
      ...['🛑', '✋', '🚫', '⛔', '🖕', '🛑🛑', '✋🏽', '🛑 please', 'ok 🖕', '⛔️!', 'no 🖕🏿 you'],
      ...['start stop', 'Stop start', 'STOP\nSTART', 'STOP HELP', 'help stop', 'Cancel? Help!', 'unsubscribe or resubscribe'],
      ...[
        'ЅТОР',
        'SТОР',
        'ѕtор',
        'STΟP',
        'ΣTOP STOΡ',
        '5TOP',
        '$TOP',
        'ѕtop texting',
        'UΝSUBSCRIBE',
        'un5ubscribe',
        'Unѕubscribe me now',
      ],
      ...[
        'leave me alone',
        "I'm not interested",
        'Wrong number.',
        'wrong person',
        'F U',
        'Fuck you',
        'I will sue you',
        'lose my number you creep',
      ],
      ...[
        'never signed up',
        "Don't ever text this number",
        'do not send me anything',
        'I am on the do not call list',
        'stop by any time',
      ],
      ...[
        'Reply STOP to opt out',
        FOOTER,
        'Text STOP to 555',
        'Stooop bothering people',
        'STOP 123',
        'go@stop',
        'arrêtez cela tout de suite',
      ],
      ...["I'm not Ann", 'This is not Ann', 'No Ann here'],
    ])('%j', (text) => expect(kindOf(text, { leadName: { firstName: 'Ann', lastName: 'Lee' } })).toBe('review'));
  });

  describe('leaves an answer alone', () => {
    it.each([
      ...[
        '',
        ' ',
        '...',
        '?',
        '👍',
        '❤️',
        '👎',
        'ok ✋',
        '1',
        '555-0143',
        'yes',
        'Yes please',
        'y',
        'no',
        'continue',
        'No, thanks!',
      ],
      ...[
        'shop',
        'step',
        'top',
        'spot',
        'stoop',
        'stops here',
        'tops',
        'ending',
        'The end is near',
        'bend',
        'pending',
        'quite',
        'cancelled',
      ],
      ...[
        'can you cancel Tuesday?',
        'at the end of May',
        'I quit smoking',
        'Cancel - Bob',
        'end of story',
        'desktop',
        'optometrist',
        'moving',
      ],
      ...[
        'help me please',
        'Can you help?',
        'more info',
        'info on pricing?',
        'support',
        'I need help with this',
        'starting Monday',
        'start on Monday',
      ],
      ...[
        'jane@stop.example',
        'https://example.com/unsubscribe',
        'www.example.com/stop',
        'see https://stop.example/remove',
        'no 🇪🇸',
      ],
      ...[
        'Sure\n\nSent from my iPhone',
        `Yes!\n> ${FOOTER}`,
        `ok\nOn Mon, Jan 5, 2026 at 9:00 AM Sam <sam@example.com> wrote:\n${FOOTER}`,
      ],
      ...['start?', 'Who?', 'a b c', '🇺🇸', 'Ann', 'Thanks, Ann', 'please', 'constructor', '__proto__', 'toString'],
    ])('%j', (text) => expect(kindOf(text, ann)).toBe('reply'));
  });

  describe('takes a reaction for nothing', () => {
    it.each([
      ...[
        'Liked “STOP”',
        'Loved "stop"',
        'Disliked “Reply STOP to opt out”',
        'Laughed at “STOP”',
        'Emphasized “STOP”',
        'Questioned “STOP”',
      ],
      ...[
        'Removed a like from “STOP”',
        'Removed a heart from “stop”',
        'Reacted 👍 to “STOP”',
        '👍 to “STOP”',
        '\u200a👍\u200b to “\u200aSTOP\u200a”',
        '❤️ to "STOP"',
      ],
      ...[
        'Hat „STOP“ geliked',
        'Reagierte mit 👍 auf „STOP“',
        'A aimé « STOP »',
        'A réagi avec 😀 à « STOP »',
        'Le gustó “STOP”',
        'Le encantó “BAJA”',
      ],
      ...[
        'Gostou de “PARE”',
        'Reagiu com 👍 a “STOP”',
        'Ha messo "Mi piace" a "STOP"',
        'Vond “STOP” leuk',
        'Gillade ”STOPP”',
        'Syntes godt om “STOP”',
      ],
      ...[
        'Likte «STOPP»',
        'Tykkäsi viestistä ”STOP”',
        'Polubiono „STOP”',
        'Понравилось «СТОП»',
        '“STOP” beğenildi',
        'Líbí se „STOP“',
        'Του άρεσε «ΣΤΟΠ»',
      ],
      ...[
        '「停止」に“いいね”しました',
        '喜欢“退订”',
        '“수신거부”을(를) 좋아함',
        'أعجب بـ “توقف”',
        'אהב את "הסר"',
        '“बंद करो” को पसंद किया',
        '👍 auf „STOPP“',
      ],
      ...[
        'Liked “Hi Ann,\nReply STOP to opt out”',
        'Liked “Hi Ann, this is Sam. Reply STOP to o…',
        "Liked 'STOP'",
        'Ann Lee liked “STOP”',
      ],
    ])('%j', (text) => expect(kindOf(text)).toBe('reply'));

    it('nor what the provider calls one', () => expect(kindOf('STOP', { isReaction: true })).toBe('reply'));

    it.each(['"STOP" please', 'please “STOP” 🙏', '“STOP”', '🙏 “STOP”'])('but %j is no reaction', (text) =>
      expect(kindOf(text)).toBe('opt_out'),
    );

    it.each(['He said "stop"', 'Liked it. But "stop"', 'I mean “unsubscribe”', 'Have my number removed, "stop"'])(
      'nor is %j',
      (text) => expect(kindOf(text)).toBe('review'),
    );
  });

  it.each([
    'STOP Ann',
    'Stop - Ann Lee',
    'Ann Lee: stop',
    'stop, thanks\nAnn',
    'Stop\n-- \nAnn L.',
    'A. Lee STOP',
    'STOP ann lee please',
  ])('overlooks the name of the lead: %j', (text) => expect(kindOf(text, ann)).toBe('opt_out'));

  it('knows names of several words, in any spelling, and names that are words', () => {
    expect(kindOf('STOP jose luis', { leadName: { firstName: 'José Luis', lastName: null } })).toBe('opt_out');
    expect(kindOf('End', { leadName: { firstName: 'Will', lastName: 'End' } })).toBe('opt_out');
    expect(kindOf('Stop', { leadName: { firstName: 'Stop' } })).toBe('opt_out');
    expect(kindOf('STOP', { leadName: { firstName: '', lastName: '🙂' } })).toBe('opt_out');
  });

  describe('opting in again', () => {
    it.each([
      'YES',
      'yes please',
      'Y',
      'Continue.',
      'begin',
      'START',
      'UNSTOP',
      'opt in',
      'resubscribe',
      'Start\nSent from my iPhone',
    ])('by %j, after an opt-out', (text) => expect(kindOf(text, back)).toBe('opt_in'));

    it.each(['start', 'UNSTOP', 'Start please'])('by %j at any time', (text) => expect(kindOf(text)).toBe('opt_in'));

    it.each([
      'yeah',
      'yep',
      'yes?',
      'START?',
      'yes and no',
      'You can write me again',
      'yesss',
      'sure',
      'yes, what is the price',
      'si',
      'ok',
    ])('not by %j', (text) => expect(kindOf(text, back)).toBe('reply'));

    it.each([
      ['START', 'opt_in'],
      ['unstop!', 'opt_in'],
      ['YES', 'reply'],
      ['subscribe', 'reply'],
      ['continue', 'reply'],
      ['STOP', 'opt_out'],
      ['HELP', 'help'],
    ])('on a toll-free line, where %j is %s', (text, kind) => expect(kindOf(text, { ...back, isTollFree: true })).toBe(kind));
  });

  describe('our own last text', () => {
    it.each([
      ['STOP', 'opt_out'],
      [`STOP\n${FOOTER}`, 'opt_out'],
      [`${FOOTER}\nSTOP`, 'opt_out'],
      [`STOP ${FOOTER}`, 'opt_out'],
      [`"${FOOTER}" stop please`, 'opt_out'],
      [`Sure\n${FOOTER}`, 'reply'],
      [`Sure ${FOOTER.toUpperCase()}`, 'reply'],
      ['Tomorrow?\nReply STOP to opt out', 'reply'],
      [FOOTER, 'review'],
      [`${FOOTER}\nplease stop this nonsense`, 'review'],
    ])('%j is %s', (text, kind) => expect(kindOf(text, { lastOutbound: FOOTER })).toBe(kind));

    it('does not hide a word that was all of it', () => expect(kindOf('Stop', { lastOutbound: 'STOP' })).toBe('opt_out'));
  });

  describe("a workspace's own words", () => {
    const own = { optOutWords: ['Adiós', 'no more pizza', '!!!', '🛑'] };
    it.each([
      ['adios', 'opt_out'],
      ['ADIÓS!!! please', 'opt_out'],
      ['No more pizza.', 'opt_out'],
      ['nomorepizza', 'opt_out'],
      ['I say adios to that', 'review'],
      ['!!!', 'reply'],
      ['pizza', 'reply'],
    ])('%j is %s', (text, kind) => expect(kindOf(text, own)).toBe(kind));

    it('are of no language', () =>
      expect(judgeReply({ text: 'adios', languages: ['en'], ...own })).toEqual({
        kind: 'opt_out',
        word: 'Adiós',
        language: null,
      }));
  });

  describe('where a stop word opts out wherever it stands', () => {
    it.each([
      ['I want you to STOP this', 'opt_out'],
      ['sold it. unsubscribe', 'opt_out'],
      ['pizza adios', 'opt_out'],
      ['stop or help', 'review'],
      ['stop, no, start again', 'review'],
      ['Reply STOP to opt out', 'review'],
      ['can you cancel Tuesday?', 'reply'],
      ['nonstopping', 'reply'],
      ['leave me alone', 'review'],
      ['Liked “STOP”', 'reply'],
      ['please ЅТОР that', 'review'],
    ])('%j is %s', (text, kind) => expect(kindOf(text, { matching: 'contains', optOutWords: ['adios'] })).toBe(kind));
  });
});
