/** The settings that are looked at. */
interface Settings {
  NODE_ENV: string;
  ALLOW_UNSAFE?: string[];
  LOCAL_ISSUER: boolean;
  ALLOW_PRIVATE_TARGETS: boolean;
  PUBLIC_URL: string;
  CLERK_ISSUER?: string;
  CLERK_AUTHORIZED_PARTIES?: string[];
  ENCRYPTION_KEY: string;
}

/**
 * What production refuses unless `ALLOW_UNSAFE` names it: settings of a trial, which open it to others, and
 * those with which it only looks as if it worked (OWASP API8).
 */
const CHECKED = ['local-issuer', 'private-targets', 'public-url', 'any-party', 'zero-key'] as const;
/** `npm start` sees to the stores that it runs itself. */
export const UNSAFE = [...CHECKED, 'embedded-stores'] as const;

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/;

/** @returns what is wrong with settings in production, each as a sentence; nothing elsewhere */
export function productionProblems(config: Settings): string[] {
  if (config.NODE_ENV !== 'production') return [];
  const allowed = new Set<string>(config.ALLOW_UNSAFE ?? []);
  return CHECKED.flatMap((name) => {
    const problem = allowed.has(name) ? null : PROBLEMS[name](config);
    return problem === null ? [] : [`${problem} (ALLOW_UNSAFE=${name} if you mean it)`];
  });
}

const PROBLEMS: Record<(typeof CHECKED)[number], (config: Settings) => string | null> = {
  'local-issuer': ({ LOCAL_ISSUER }) =>
    LOCAL_ISSUER ? 'LOCAL_ISSUER must not be on in production: whoever reads DATA_DIR is an admin of every workspace' : null,
  'private-targets': ({ ALLOW_PRIVATE_TARGETS }) =>
    ALLOW_PRIVATE_TARGETS
      ? 'ALLOW_PRIVATE_TARGETS must not be on in production: tenants could make it call what only it can reach'
      : null,
  'public-url': ({ PUBLIC_URL }) => {
    if (!URL.canParse(PUBLIC_URL)) return null;
    const { protocol, hostname } = new URL(PUBLIC_URL);
    return protocol === 'https:' && !LOOPBACK.test(hostname)
      ? null
      : 'PUBLIC_URL must be an https origin in production that providers and people reach';
  },
  'any-party': ({ CLERK_ISSUER, CLERK_AUTHORIZED_PARTIES }) =>
    CLERK_ISSUER && !CLERK_AUTHORIZED_PARTIES?.length
      ? 'CLERK_AUTHORIZED_PARTIES must name the origins of your dashboard in production, or tokens of any other are taken'
      : null,
  'zero-key': ({ ENCRYPTION_KEY }) =>
    /^(0+|A+=)$/.test(ENCRYPTION_KEY ?? '') ? 'ENCRYPTION_KEY must be a random one in production' : null,
};
