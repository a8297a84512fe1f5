export { EvidenceSeen, SendFailedLate, SendProofs } from './late-news';
export { type Reply, ReplyReceived, ReplySaved } from './reply';
