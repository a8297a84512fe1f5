import type { WorkspaceId } from '../../platform/ids';
import type { Line } from './line';

/** The right to make one call to a contact through a device. */
export interface DeviceTurn {
  key: string;
  token: string;
  /** The call must have been started by then, or the turn is lost. */
  startBy: Date;
}

/**
 * A turn that has to be started later than this after it was given is not used: the process may have been
 * asleep.
 */
export const START_WITHIN_MS = 2_000;

/**
 * The gap between any two calls to a contact, check or send, on one physical device (`DEVICE_GAP_SECONDS`),
 * kept in the store for all processes. The gap counts from when the device receives one call to when it
 * receives the next.
 */
export abstract class Devices {
  /** @returns a turn, or when to ask again */
  abstract take(line: Line, now: Date): Promise<DeviceTurn | { freeAt: Date }>;
  /** The call has ended: the next may come a gap from now, if that is earlier. */
  abstract ended(turn: DeviceTurn, now: Date): Promise<void>;
  /** When each of the lines' devices is free. */
  abstract freeAt(workspaceId: WorkspaceId, lines: readonly Line[]): Promise<Map<string, Date>>;
}
