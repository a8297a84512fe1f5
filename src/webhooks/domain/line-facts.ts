import { type HealthChange, lineName } from '../../lines/domain';
import type { Fact } from './facts';

/** Of a line whose health became another. */
export function lineHealthFact({ line, before }: HealthChange, now: Date): Fact {
  const { id, phone, email, channel, isActive, health } = line;
  const at = health.lastCheckedAt ?? now;
  const { status, lastCheckedAt, reason, unhealthySince } = health;
  const healthCheck = { status, lastCheckedAt, reason, unhealthySince };
  return {
    id: `evt_${id}_health_${status}_${at.getTime()}`,
    event: 'line.health_changed',
    at,
    about: { leadIds: [], addresses: [] },
    of: {},
    fields: () => ({
      lineId: id,
      previousStatus: before,
      line: { _id: id, name: lineName(line), phone, email, channel, isActive, healthCheck },
    }),
  };
}
