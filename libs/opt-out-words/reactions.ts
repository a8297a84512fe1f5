import { normalize, tokensOf, undressed } from './normalize';

const QUOTE_MARKS = /["“”„‟«»‹›「」『』〝〞]/;
const SINGLE_QUOTE = /(?:^|\s)'(?=\S)/;
/** Before the quote stand a name, a verb and a sign at most. */
const LONGEST_BEFORE = 80;
const LONGEST_AFTER = 60;
const MOST_WORDS = 12;
const SENTENCE_END = /[.?!\n;](?!$)/;

/** How phones say in words that somebody reacted, each as the beginning of a word or of words in a row. */
const VERBS = [
  'liked; loved; disliked; laughed at; emphasized; emphasised; questioned; reacted; hearted; unliked',
  'entfernt; geliked; geliket; gefallt; gefiel; gefallen; markiert; liebt; geliebt; mag; gelacht; lacht uber; betont; hervorgehoben; hinterfragt; infrage gestellt; reagiert; disliked; gedisliked; herz',
  'a supprime; a retire; a aime; aime; j aime; jaime; na pas aime; adore; a ri; souligne; accent sur; question sur; reagi; un coeur; interroge; mis en avant; rire',
  'elimino; quito; gusto; gusta; encanto; encanta; risa; rio de; se rio; enfatizo; destaco; cuestiono; pregunto; reacciono; exclamo; corazon; reaccionado; indicado',
  'removeu; gostou; curtiu; amou; adorou; descurtiu; riu; enfatizou; destacou; questionou; reagiu; gosto; deu uma risada; achou graca',
  'rimosso; piace; ha messo; piaciuto; adorato; amato; gradito; riso; enfatizzato; evidenziato; in dubbio; domanda; reagito; reazione; sottolineato; apprezzato',
  'verwijderde; leuk; geweldig; lachte; gelachen; benadrukt; benadrukte; vroeg; vraagteken; reageerde; gereageerd; hield van; vond; vindt',
  'usunieto; polubi; lubi; uwielbia; pokochal; zasmial; smieje; podkreslil; wyroznil; zakwestionowal; zareagowa; podoba; serce; zaakcentowal',
  'tog bort; gillade; gillar; alskade; alskar; ogillade; ogillar; skrattade; betonade; ifragasatte; reagerade; hjarta; framhavde; tyckte om',
  'fjernede; syntes godt om; synes godt om; syntes om; synes om; elskede; elsker; kunne ikke lide; grinede; lo ad; lo af; fremhaevede; understregede; betonede; sporgsmalstegn; reagerede',
  'fjernet; likte; liker; elsket; mislikte; misliker; lo av; fremhevet; understreket; sporsmal; spurte; reagerte; hjerte',
  'poisti; tykkasi; tykkaa; rakasti; rakastaa; ei pitanyt; nauroi; korosti; kyseenalaisti; reagoi; piti; painotti',
  'удалил; убрал; понравил; нравится; отреагировал; реакци; полюбил; рассмешил; смешно; выделил; выделен; вопрос; лайк; отметил; поставил; посмеял; не понрав; усомнил',
  'kaldirdi; kaldirildi; begendi; begenildi; begenmedi; bayildi; sevdi; guldu; vurguladi; sorguladi; tepki; kalp; begeni',
  'odebral; libi; nelibi; zasmal; zduraznil; zpochybnil; reagoval; zareagoval; miluje; oznacil; oblibil; oblibila; srdce',
  'αφαιρεσε; αρεσε; αρεσει; λατρεψε; αγαπησε; γελασε; αντεδρασε; εδωσε εμφαση; τονισε; αμφισβητησε; αντιδραση',
  '削除しました; 取り消しました; いいね; しました; よくない; リアクション; 強調; 大好き; 気に入; 笑い; 笑; ハート; はてな; 疑問; 超いい; 好き; ひどい',
  '移除了; 取消了; 喜欢; 喜歡; 喜爱; 喜愛; 赞; 讚; 踩; 大笑; 笑; 强调; 強調; 疑问; 疑問; 质疑; 回应; 回應; 表示; 爱心; 愛心; 反应; 反應; 表情; 感叹',
  '삭제함; 취소함; 좋아; 하트; 웃음; 웃었; 강조; 반응; 공감; 물음표; 싫어; 사랑; 느낌표; 질문; 최고; 별로',
  'أزال; ازالت; اعجب; أعجب; أحب; احب; يعجبه; يعجبها; ضحك; شدد; تفاعل; استفسر; تساءل; اكد; أكد; علامة; قلب',
  'הסיר את; הסירה את; אהב; אהבה; אהבתי; צחק; צחקה; הדגיש; הדגישה; הגיב; הגיבה; סימן; סימנה; לייק; תגובה; הטיל; שאל',
  'हटाया; पसंद; नापसंद; हँसे; हंसे; हँसी; प्रतिक्रिया; दिल; प्यार; ज़ोर; जोर; सवाल; लाइक; रिएक्ट',
].flatMap((verbs) => verbs.split('; ').map((verb) => ` ${tokensOf(normalize(verb)).join(' ')}`));
/** What stands between a sign and the quoted text: `👍 to “…”`. */
const TO = new Set(
  'to; auf; zu; a; al; para; em; en; su; op; aan; pa; til; do; na; w; на; к; в; в ответ; σε; στο; στη; إلى; على; ل; على رسالة; ל; על; को; पर; に; 对; 對; 给; 給; 에; 에게; icin; viestiin; till; sur; ad; ao; at; for'
    .split('; ')
    .map((word) => tokensOf(normalize(word)).join(' ')),
);
const SIGN = /\p{Extended_Pictographic}/u;

/**
 * What a phone sends in place of a reaction (`Liked “…”`, `👍 to “…”`, `Hat „…“ geliked`) says nothing: what
 * it quotes is ours.
 * @returns the words that stand around the quoted text, which tell what the reaction is; null for other texts
 */
export function wordsOfReaction(text: string): string[] | null {
  const whole = undressed(text, 'flags').trim();
  if (/^reacted\s+(?:with\s+|to\s+)?\S*\p{Extended_Pictographic}/iu.test(whole)) return [];
  const quote = quoteIn(whole);
  if (!quote) return null;
  const { before, after } = quote;
  if (after.length > LONGEST_AFTER || SENTENCE_END.test(before) || SENTENCE_END.test(after)) return null;
  const [words, wordsAfter] = [tokensOf(normalize(before)), tokensOf(normalize(after))];
  const all = [...words, ...wordsAfter];
  if (all.length > MOST_WORDS) return null;
  if (SIGN.test(before.slice(0, 4)) && wordsAfter.length === 0 && TO.has(words.join(' '))) return all;
  if (words[0] === 'removed') return words.at(-1) === 'from' ? all : null;
  const outside = ` ${words.join(' ')} | ${wordsAfter.join(' ')}`;
  return VERBS.some((verb) => outside.includes(verb)) ? all : null;
}

/** What stands around the outermost quotation marks; the last may have been cut off. */
function quoteIn(text: string): { before: string; after: string } | null {
  const start = text.slice(0, LONGEST_BEFORE).search(QUOTE_MARKS);
  if (start >= 0) {
    let end = text.length - 1;
    while (end > start && !QUOTE_MARKS.test(text[end]!)) end--;
    if (end > start + 1) return { before: text.slice(0, start), after: text.slice(end + 1) };
    return /\.\.\.$/.test(text) ? { before: text.slice(0, start), after: '' } : null;
  }
  const single = SINGLE_QUOTE.exec(text.slice(0, LONGEST_BEFORE));
  if (!single) return null;
  const end = text.lastIndexOf("'");
  const from = single.index + single[0].length;
  return end > from ? { before: text.slice(0, single.index), after: text.slice(end + 1) } : null;
}
