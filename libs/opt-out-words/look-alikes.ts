/** Letters and figures that look like Latin letters, each after the letter it looks like. */
const ALIKE: readonly string[] = [
  'aаАαΑ@4ꓮᎪ',
  'bВвΒβ8ЬꓐᏴ',
  'cсСϲϹꓚᏟ',
  'dԁᏧꓓᎠ',
  'eеЕεΕ3€ЁёꓰᎬ',
  'fϜꓝ',
  'gԍɡꓖ',
  'hНнһΗꓧᎻ',
  'iіІιΙ1їЇꓲ!',
  'jјЈꓙᎫ',
  'kкКκΚꓗᏦ',
  'l|ӏӀꓡᏞ',
  'mМмΜꓟᎷ',
  'nΝηпПꓠո',
  'oоОοΟσ0Օօꓳ🛑⭕⛔🔴',
  'pрРρΡꓑᏢ',
  'qԛԚգ',
  'rгГꓣᏒ',
  'sѕЅ5$ꓢՏᏚ',
  'tтТτΤ7ꓔᎢ',
  'uυսЦцՍꓴ',
  'vνѵѴꓦᏙ',
  'wωԝԜшШꓪᎳ',
  'xхХχΧꓫ',
  'yуУΥγүҮꓬ',
  'zΖꓜᏃ',
];
const LATIN_OF = new Map(ALIKE.flatMap(([latin, ...others]) => others.map((other) => [other, latin!])));
const ANY = new RegExp(`[${[...LATIN_OF.keys()].join('').replace(/[$|]/g, '\\$&')}]`, 'gu');
const A_LETTER = /\p{L}/u;

/**
 * A text with Latin letters in place of what looks like them, null where nothing does. Figures and signs look
 * like letters only beside letters: `5TOP`, not `555`.
 */
export function latinLooks(undressed: string): string | null {
  if (undressed.search(ANY) < 0) return null;
  const looks = undressed
    .split(/(\s+)/)
    .map((piece) => {
      if (!A_LETTER.test(piece)) return piece;
      // A sign at the end is punctuation: "Stop!".
      const word = piece.replace(/[!|]+$/, '');
      return word.replace(ANY, (letter) => LATIN_OF.get(letter)!) + piece.slice(word.length);
    })
    .join('');
  return looks === undressed ? null : looks;
}
