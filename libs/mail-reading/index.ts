/**
 * Reads mails that come in: reports on mails of ours, complaints, automatic answers, and what people wrote.
 */
export { MAX_MAIL_BYTES, type MailKind, readMail, type ReadMail } from './read-mail';
export { readMailFile } from './mail-file';
export { type MailMedia } from './body-text';
export { type MailReport } from './report';
export { type ReportRecipient } from './delivery-report';
export { judgeReply } from './smtp-reply';
