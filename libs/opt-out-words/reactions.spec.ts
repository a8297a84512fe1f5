import { judgeReply, type ReplyToJudge } from './index';

const kindOf = (text: string, more: Partial<ReplyToJudge> = {}) => judgeReply({ text, languages: ['en'], ...more }).kind;

describe('judgeReply', () => {
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

    it.each([
      'He said "stop"',
      'Liked it. But "stop"',
      'I mean “unsubscribe”',
      'Have my number removed, "stop"',
      'I would have liked you to stop, "Sam"',
      'Liked “stop',
    ])('nor is %j', (text) => expect(kindOf(text)).toBe('review'));
  });
});
