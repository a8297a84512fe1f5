import { createPublicKey } from 'node:crypto';

interface Settings {
  NODE_ENV: string;
  CLERK_ISSUER?: string;
  CLERK_JWKS_URL?: string;
  CLERK_JWT_KEY?: string;
  CLERK_API_URL: string;
}

/** What is wrong with the settings of Clerk that could never work, or would give a secret away. */
export function clerkProblems(settings: Settings): string[] {
  const { NODE_ENV, CLERK_ISSUER, CLERK_JWKS_URL, CLERK_JWT_KEY, CLERK_API_URL } = settings;
  const protocols = NODE_ENV === 'production' ? ['https:'] : ['https:', 'http:'];
  const isUrl = (url: string) => URL.canParse(url) && protocols.includes(new URL(url).protocol);
  return [
    ...(CLERK_ISSUER && !isUrl(CLERK_ISSUER) ? ['CLERK_ISSUER must be an https URL such as https://clerk.example.com'] : []),
    ...(CLERK_JWKS_URL && !isUrl(CLERK_JWKS_URL)
      ? ['CLERK_JWKS_URL must be an https URL such as https://clerk.example.com/.well-known/jwks.json']
      : []),
    ...(isUrl(CLERK_API_URL) ? [] : ['CLERK_API_URL must be an https URL such as https://api.clerk.com']),
    ...(CLERK_JWT_KEY && !isPublicKey(CLERK_JWT_KEY) ? ['CLERK_JWT_KEY must be an RSA public key as PEM'] : []),
  ];
}

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem.replaceAll('\\n', '\n')).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
