export { ArrivedAfterAll, EvidenceSeen, SendFailedLate, SendProofs } from './late-news';
export type { InboxWork } from './conversation';
export { Replies, type Reply, ReplyReceived, ReplySaved } from './reply';
