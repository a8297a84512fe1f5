import type { ChannelName } from '../../channels/domain';
import type { LineHealth } from './line';

/** How many lines, and how many accounts behind them, are doing how on a channel. */
export interface HealthCount {
  channel: ChannelName;
  health: LineHealth['status'];
  lines: number;
  /** An account counts by the worst of its lines. */
  accounts: number;
}

/** Counts the active lines of all workspaces by their health, for those who watch the product. */
export abstract class LineHealths {
  abstract counts(): Promise<HealthCount[]>;
}
