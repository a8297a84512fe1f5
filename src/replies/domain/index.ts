export { EvidenceSeen, SendFailedLate } from './late-news';
export { type Reply, ReplyReceived, ReplySaved } from './reply';
