/** Where Clerk's part of the page comes from: the host that its publishable key names in base64. */
export function clerkOrigin(publishableKey: string): string {
  const host = Buffer.from(publishableKey.split('_')[2] ?? '', 'base64')
    .toString('utf8')
    .replace(/\$$/, '');
  return /^[a-z\d.-]+$/i.test(host) ? `https://${host}` : '';
}

/** The Content-Security-Policy of the page. Clerk's origins are in it only where people sign in there. */
export function pagePolicy(clerk: string | null): string {
  const own = "'self'";
  // Clerk's forms are styled by script; bot protection runs in a frame of Cloudflare's.
  const challenges = 'https://challenges.cloudflare.com';
  const sources: Record<string, string[]> = {
    'default-src': ["'none'"],
    'script-src': clerk ? [own, clerk, challenges] : [own],
    'style-src': clerk ? [own, "'unsafe-inline'"] : [own],
    // `blob:` is what the page has fetched itself: images that people send.
    'img-src': clerk ? [own, 'blob:', 'https://img.clerk.com'] : [own, 'blob:'],
    'connect-src': clerk ? [own, clerk] : [own],
    'worker-src': clerk ? [own, 'blob:'] : ["'none'"],
    // The frame of e-mails, below.
    'frame-src': clerk ? [own, challenges] : [own],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  };
  return written(sources);
}

/**
 * The Content-Security-Policy of the frame in which an e-mail is shown. E-mails are styled inline, which the
 * page itself does not allow, and a frame without a response of its own would follow the page's policy. No
 * script runs in it, whoever opens it: neither the e-mail's nor anybody's.
 * @param images `remote`: those of the e-mail are fetched, by which its sender learns that it was opened
 */
export function framePolicy(images: 'none' | 'remote'): string {
  return written({
    'default-src': ["'none'"],
    'style-src': ["'unsafe-inline'"],
    'img-src': images === 'remote' ? ['data:', 'https:', 'http:'] : ['data:'],
    'frame-ancestors': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    // The page puts the e-mail in: for this alone, the frame is of the page's origin.
    sandbox: ['allow-same-origin'],
  });
}

const written = (sources: Record<string, string[]>): string =>
  Object.entries(sources)
    .map(([directive, values]) => `${directive} ${values.join(' ')}`)
    .join('; ');
