import { type Config, InvalidConfig, readConfig } from '../../platform/config';
import type { Finding } from './finding';

type Environment = Record<string, string | undefined>;

/** What the other examinations need. */
const NEEDED = [
  'MONGODB_URI',
  'REDIS_URL',
  'REDIS_PREFIX',
  'ENCRYPTION_KEY',
  'ENCRYPTION_KEYS_OLD',
  'CLOCK_TOLERANCE_MS',
  'STORE_TIMEOUT_MS',
] as const;
/** These look at fewer settings than those that serve and send. */
const SHORT_ROLES = new Set(['migrate', 'reseal']);

/**
 * Reads the settings as a process that serves would.
 * @returns what cannot work in them, and the settings, unless the other examinations cannot do with them
 */
export function examineSettings(environment: Environment): { findings: Finding[]; config: Config | null } {
  const served = SHORT_ROLES.has(environment.APP_ROLE ?? '') ? { ...environment, APP_ROLE: 'all' } : environment;
  try {
    const config = readConfig(served);
    return { findings: [...samePorts(config), ...boardNowhere(config)], config };
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    return { findings: error.problems.map(wrong), config: usable(served) };
  }
}

const wrong = (problem: string): Finding => ({
  problem,
  cure: 'Change the setting; .env.example has each with an example. No process starts until then',
});

function samePorts({ PORT, METRICS_PORT, HOST, METRICS_HOST }: Config): Finding[] {
  const isEverywhere = [HOST, METRICS_HOST].some((host) => host === '0.0.0.0' || host === '::');
  if (PORT === 0 || PORT !== METRICS_PORT || !(isEverywhere || HOST === METRICS_HOST)) return [];
  return [{ problem: `METRICS_PORT and PORT are both ${PORT}`, cure: 'Give METRICS_PORT a port of its own, such as 9464' }];
}

function boardNowhere({ METRICS_PORT, OPERATOR_PASSWORD }: Config): Finding[] {
  if (OPERATOR_PASSWORD === undefined || METRICS_PORT !== undefined) return [];
  const problem = 'OPERATOR_PASSWORD is set, and METRICS_PORT is not: nobody can look at the queues';
  return [{ problem, cure: 'Give METRICS_PORT a port, or leave OPERATOR_PASSWORD out' }];
}

function usable(environment: Environment): Config | null {
  try {
    return readConfig(environment, NEEDED);
  } catch {
    return null;
  }
}
