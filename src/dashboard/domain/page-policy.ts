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
    'img-src': clerk ? [own, 'https://img.clerk.com'] : [own],
    'connect-src': clerk ? [own, clerk] : [own],
    'worker-src': clerk ? [own, 'blob:'] : ["'none'"],
    'frame-src': clerk ? [challenges] : ["'none'"],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
  };
  return Object.entries(sources)
    .map(([directive, values]) => `${directive} ${values.join(' ')}`)
    .join('; ');
}
