import type { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import { wordsOf } from './magic';

/** A mail that the simulator has taken, as far as others write about it. */
export interface SentMail {
  envelope: { from: string; to: string };
  messageId: string;
  references: readonly string[];
  subject: string;
  header: string;
}

const writer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

async function written(mail: Parameters<typeof writer.sendMail>[0]): Promise<Buffer> {
  const { message } = await writer.sendMail(mail);
  return message as Exclude<typeof message, Readable>;
}

/** What a person answers to a mail. */
export const replyTo = (mail: SentMail, to: string, answer: { text: string; subject?: string; from?: string; at: Date }) =>
  written({
    from: answer.from ?? mail.envelope.to,
    to,
    subject: answer.subject ?? (/^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`),
    text: `${answer.text}\n\nOn ${answer.at.toUTCString()}, ${to} wrote:\n> ${mail.subject}\n`,
    inReplyTo: mail.messageId,
    references: [...mail.references, mail.messageId],
    date: answer.at,
  });

/** A mail of somebody that answers none. */
export const letter = (from: string, to: string, { subject, text, at }: { subject: string; text: string; at: Date }) =>
  written({ from, to, subject, text, date: at });

/** What a program answers for somebody who is away (RFC 3834). */
export const outOfOffice = (mail: SentMail, to: string, at: Date) =>
  written({
    from: mail.envelope.to,
    to,
    subject: `Automatic reply: ${mail.subject}`,
    text: 'I am out of the office until Monday.',
    inReplyTo: mail.messageId,
    references: [...mail.references, mail.messageId],
    headers: { 'Auto-Submitted': 'auto-replied' },
    date: at,
  });

/** A report on a mail that was not delivered, or is delayed (RFC 3464). */
export function deliveryReport(mail: SentMail, status: string, action: 'failed' | 'delayed', at: Date): Buffer {
  const { from, to } = mail.envelope;
  const words = wordsOf(status);
  const isFinal = action === 'failed';
  return multipartReport({
    to: from,
    at,
    type: 'delivery-status',
    subject: isFinal ? 'Undelivered Mail Returned to Sender' : 'Delayed Mail (still being retried)',
    notice: isFinal
      ? `I'm sorry: your message could not be delivered.\n\n<${to}>: ${words}`
      : `Your message to <${to}> is delayed.`,
    fields: [
      'Reporting-MTA: dns; mx.simulator.example',
      '',
      `Final-Recipient: rfc822; ${to}`,
      `Original-Recipient: rfc822;${to}`,
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${status.startsWith('5') ? '550' : '450'} ${status} ${words}`,
    ],
    header: mail.header,
  });
}

/** What a provider tells of somebody who has marked a mail as spam (RFC 5965). */
export const complaint = (mail: SentMail, to: string, at: Date): Buffer =>
  multipartReport({
    to,
    at,
    type: 'feedback-report',
    subject: `Complaint about ${mail.subject}`,
    notice: 'This is a report about a mail that was marked as spam.',
    fields: ['Feedback-Type: abuse', 'User-Agent: Simulator/1', 'Version: 1', `Original-Rcpt-To: ${mail.envelope.to}`],
    header: mail.header,
  });

interface Report {
  to: string;
  at: Date;
  type: 'delivery-status' | 'feedback-report';
  subject: string;
  notice: string;
  fields: string[];
  header: string;
}

let serial = 0;

function multipartReport({ to, at, type, subject, notice, fields, header }: Report): Buffer {
  serial += 1;
  const boundary = `=_report_${serial}`;
  const part = (contentType: string, body: string) => `--${boundary}\r\nContent-Type: ${contentType}\r\n\r\n${body}\r\n`;
  const lines = [
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@simulator.example>',
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Date: ${at.toUTCString()}`,
    `Message-ID: <report-${serial}-${at.getTime()}@simulator.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${type}; boundary="${boundary}"`,
  ];
  const parts = [
    part('text/plain; charset=utf-8', notice.replaceAll('\n', '\r\n')),
    part(`message/${type}`, fields.join('\r\n')),
    part('text/rfc822-headers', header),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${parts.join('')}--${boundary}--\r\n`);
}
