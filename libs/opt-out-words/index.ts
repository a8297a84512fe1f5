export { type Judgement, judgeReply, type ReplyToJudge } from './judge-reply';
export { languageOf, languagesOfCountry } from './language-of';
