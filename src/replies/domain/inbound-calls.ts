import type { InboundContent } from '../../channels/domain';
import type { WorkspaceId } from '../../platform/ids';

/** What a provider called us with. */
export interface InboundCall {
  /** Of the line, or the account, and the content: a call that is repeated is one. */
  id: string;
  workspaceId: WorkspaceId;
  lineId: string;
  /** The account was called, and the line stands for it. */
  isOfAccount: boolean;
  channel: string;
  content: InboundContent;
  receivedAt: Date;
  /** How often it was tried to be worked off. */
  tries: number;
}

/**
 * Calls of providers, kept before they are answered: a provider does not repeat what it was told has arrived,
 * so a crash right after must not lose it.
 */
export abstract class InboundCalls {
  /** @returns false when it is kept already */
  abstract keep(call: InboundCall, retryAt: Date): Promise<boolean>;
  /** It was worked off; its content is not kept any longer. */
  abstract done(id: string): Promise<void>;
  abstract retryAt(id: string, at: Date): Promise<void>;
  /** A call that somebody took and did not work off by now. Given out once until `next`. */
  abstract takeLeft(now: Date, next: Date): Promise<InboundCall | null>;
  /** When the next one may be left; `null` where all are worked off. */
  abstract nextAt(): Promise<Date | null>;
}
