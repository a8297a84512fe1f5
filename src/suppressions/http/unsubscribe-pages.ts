import { createHash } from 'node:crypto';
import { maskedAddress } from '../domain/masked-address';
import type { LinkHolder } from '../domain/unsubscribe-tokens';

const STYLE = `
body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
main { max-width: 34rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
strong { overflow-wrap: anywhere; }
button { font: inherit; font-weight: 600; padding: 0.75rem 1.5rem; color: #fff; background: #1d4ed8; border: 2px solid #1d4ed8; border-radius: 0.5rem; cursor: pointer; }
button:focus-visible { outline: 3px solid #1a1a1a; outline-offset: 3px; }
@media (prefers-color-scheme: dark) {
  body { color: #f2f2f2; background: #161616; }
  button:focus-visible { outline-color: #f2f2f2; }
}
`;
const styleHash = createHash('sha256').update(STYLE).digest('base64');

/** Nothing from elsewhere, no scripts, no frames, no traces: neither in caches, nor in other sites' logs. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
} as const;

const WHAT = { email: 'e-mail', phone: 'texts' } as const;

/** Names the address, and asks. The form posts to the page's own address. */
export const askPage = ({ address, channel }: LinkHolder): string =>
  page(
    'Unsubscribe',
    `<p>This link is for <strong>${shown(address)}</strong>.</p>
<p>Unsubscribe to get no more ${WHAT[channel]} from this sender.</p>
<form method="post">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button type="submit">Unsubscribe</button>
</form>`,
  );

export const donePage = ({ address, channel }: LinkHolder): string =>
  page(
    'You are unsubscribed',
    `<p>This sender writes no more ${WHAT[channel]} to <strong>${shown(address)}</strong>.</p>
<p>A message that is on its way already may still arrive.</p>`,
  );

export const invalidLinkPage = (): string =>
  page(
    'This link is not valid',
    `<p>Maybe a part of it is missing: copy all of it from the message. You can also answer the message with STOP.</p>`,
  );

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;

const shown = (address: string): string => escaped(maskedAddress(address));

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
