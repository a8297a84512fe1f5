import { judgeReply } from './index';

const kindOf = (text: string) => judgeReply({ text, languages: ['en'] }).kind;
const FOOTER = 'Hi Ann, this is Sam from Acme. Still looking? Reply STOP to opt out';

describe('judgeReply', () => {
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
});
