import { type LanguageWords } from '../language-words';

/** Japanese. */
export const ja: LanguageWords = {
  code: 'ja',
  optOut: [
    {
      source: 'public source code (multilingual unsubscribe keywords)',
      scope: 'everywhere',
      words: ['配信停止', '配信解除', '登録解除'],
    },
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: ['停止', 'もう連絡しないでください', 'メッセージを送らないで'],
    },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        '解除',
        '退会',
        'ストップ',
        'やめて',
        'やめてください',
        'もう送らないでください',
        '送らないでください',
        '連絡しないでください',
        'メッセージ不要',
        '配信停止してください',
        '退会します',
        '解約',
      ],
    },
    { source: 'own', scope: 'language', words: ['終了', '中止'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['はい', '開始', '登録'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['再開', 'スタート'] },
  ],
  help: [
    { source: 'own', scope: 'everywhere', words: ['ヘルプ', '問い合わせ'] },
    { source: 'own', scope: 'language', words: ['助けて'] },
  ],
  everyday: ['停止', '解除', '解約'],
  review: [
    '配信停止; 配信を停止; 配信解除; 登録解除; 登録を解除; 解除したい; 解除方法; 退会; 停止して; 停止の方法; 停止方法; 停止したい; 止めて; とめて; やめて; 辞めて; やめろ',
    '止めろ; もう送らない; 送らないで; 送ってこない; 送ってくるな; 送るな; 連絡しないで; 連絡してこないで; 連絡しない; 連絡不要; 連絡はいりません; メッセージ不要; もういりません',
    '番号違い; 番号が違い; 番号が間違; 番号を間違; 間違い電話; 番号間違; 間違い番号; 間違えて; 間違っています; 間違ってます; お間違え; 人違い; 別人です; 番号ではありません',
    '放っておいて; ほっといて; ほうっておいて; 構わないで; かまわないで; しつこい; うざい; ウザい; 死ね; くたばれ; うるさい; 消えろ; 通報; 訴え; ブロックし; 削除して',
    '番号を消; 番号を削除; 登録を消; スパム; 二度と; 迷惑です; 迷惑だ; 迷惑メール; 迷惑してい; 迷惑なので; 大変迷惑; 迷惑行為',
  ],
  reviewHere: [],
  alone: ['もういい; 不要; 不要です; いりません; 要りません; いらない; 削除; 中止; 終了; キャンセル; 違います'],
  politeness: [
    'お願いします; おねがいします; お願い致します; お願いいたします; よろしくお願いします; よろしくお願いいたします; 宜しくお願いします; をお願いします; でお願いします; してください',
    'して下さい; をしてください; ください; 下さい; どうか; すみません; すみませんが; 恐れ入りますが; ありがとうございます; ありがとう; 希望; 希望します; を希望します; を; です',
    'します; よろしく; お手数ですが',
  ],
};
