export { EvidenceSeen, SendFailedLate } from './late-news';
export { ReplyReceived } from './reply';
