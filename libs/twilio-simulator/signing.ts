import { createHmac } from 'node:crypto';

/** Twilio's signature of a form that it posts, or of a URL alone that it gets. */
export function signatureOf(authToken: string, url: string, fields: Readonly<Record<string, string>>): string {
  const said = Object.keys(fields)
    .sort()
    .reduce((text, name) => text + name + fields[name]!, url);
  return createHmac('sha1', authToken).update(said).digest('base64');
}
