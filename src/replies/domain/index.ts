export { EvidenceSeen, SendFailedLate } from './late-news';
export { replyDocument } from './reply-document';
export { type Reply, ReplyReceived, ReplySaved } from './reply';
