import { Config } from './platform/config';
import { VERSION } from './platform/version';

const IS_SECRET = /KEY|SECRET|PASSWORD|TOKEN/;

/**
 * What a process says of itself once it listens: its version, its role, its port, and the settings that are
 * not as they are by default, without what is secret in them.
 */
export function startLine(config: Config, port: number) {
  const defaults = new Config() as unknown as Record<string, unknown>;
  const settings = Object.entries(config)
    .filter(([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(defaults[name]))
    .map(([name, value]) => [name, IS_SECRET.test(name) ? '***' : withoutSecrets(value)] as const);
  return { version: VERSION, node: process.version, role: config.APP_ROLE, port, settings: Object.fromEntries(settings) };
}

/** Of a URI neither who signs in nor the options, which may hold secrets too. */
function withoutSecrets(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.replace(/\/\/[^/]*@/, '//***@').replace(/\?.*$/, '?***');
}
