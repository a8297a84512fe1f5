import type { WindowSettings } from '#libs/send-window';
import type { Workspace } from '../../auth/domain';
import type { ChannelName } from '../../channels/domain';
import type { Lead } from '../../leads/domain';
import type { Line } from '../../lines/domain';
import type { CancelReason, Content, Message } from '../../messages/domain';
import type { WorkspaceId } from '../../platform/ids';

/** What a message's campaign, or the defaults for a direct send, say about how it goes out. */
export interface SendPolicy extends Content {
  window: WindowSettings;
  gapSeconds: number;
  addresses: 'all' | 'primary';
  /** Addresses that are passed over. */
  excluded: readonly string[];
  /** Channels to go on with, in order, when nobody is reached on the message's own. */
  fallback: ChannelName[];
  /** Empty: every active line of the channel. */
  lineIds: string[];
}

export type SendDecision =
  | { kind: 'send'; policy: SendPolicy }
  | { kind: 'stop'; reason: CancelReason }
  /** Not now: paused, or being edited. The campaign wakes the lines when it goes on. */
  | { kind: 'paused' };

/** Messages that take turns on a line. */
export interface TurnGroup {
  /** A campaign's id, or `direct`. */
  group: string;
  gapSeconds: number;
  window: WindowSettings;
  /**
   * Each message may have a window of its own, its lead's or that of its send; `window` is that of the
   * campaign's zone.
   */
  windowPerMessage: boolean;
}

/** What the engine asks about a message before it sends it. Implemented by campaigns. */
export abstract class SendContext {
  /** By id of the line: the active campaigns of the workspace that may use it. */
  abstract groupsOn(workspaceId: WorkspaceId, lines: readonly Line[]): Promise<Map<string, TurnGroup[]>>;
  /** May the message go, and how? Read at the moment of sending. */
  abstract decide(message: Message, lead: Lead | null, workspace: Workspace | null): Promise<SendDecision>;
  /** As PlannedContents. */
  abstract contentsOf(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<Map<string, Content>>;
  /** The window of each of the messages. */
  abstract windowsOf(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<Map<string, WindowSettings>>;
}
