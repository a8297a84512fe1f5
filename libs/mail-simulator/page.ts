import type { MailEntry } from './world';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}article{border-top:1px solid #ccc;padding:1rem 0}pre{white-space:pre-wrap;font:inherit}form{display:inline}small{color:#555}';

/** The mails that were taken, the latest first, with what their recipients can do about them. */
export function pageOf(mails: readonly MailEntry[]): string {
  const articles = [...mails].reverse().slice(0, 200).map(articleOf).join('\n');
  const body = articles || '<p>No mail was sent yet.</p>';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Simulated mail</title><style>${STYLE}</style></head><body><h1>Simulated mail</h1>\n${body}\n</body></html>`;
}

function articleOf({ at, envelope, headers, subject, text, attachments }: MailEntry): string {
  const to = escaped(envelope.to);
  const button = (kind: string, label: string) =>
    `<form method="post" action="/order"><input type="hidden" name="from" value="${to}"><input type="hidden" name="kind" value="${kind}"><button>${label}</button></form>`;
  const files = attachments.length > 0 ? `<p>Files: ${escaped(attachments.join(', '))}</p>` : '';
  const url = /<(https?:[^<>]+)>/.exec(headers['list-unsubscribe'] ?? '')?.[1];
  const link = url ? ` <a href="${escaped(url)}">Unsubscribe page</a>` : '';
  return `<article><h2>${escaped(subject)}</h2><small>${new Date(at).toISOString()} from ${escaped(headers.from ?? '')} to ${to}</small><pre>${escaped(text)}</pre>${files}<p>${button('reply', 'Answer')} ${button('out-of-office', 'Out of office')} ${button('unsubscribe', 'Unsubscribe by mail')} ${button('complaint', 'Mark as spam')}${link}</p></article>`;
}
