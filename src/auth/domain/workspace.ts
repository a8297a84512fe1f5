import type { QuietHours } from '#libs/quiet-hours';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';

/** What a workspace decides for itself. */
export interface WorkspaceSettings {
  /** Whether new leads are checked for iMessage without being asked. */
  autoCheckAvailability: boolean;
  /**
   * What an opt-out covers: `channel`, the kind of channel it came by (every phone channel, or e-mail);
   * `all`,
   * everything.
   */
  optOutScope: 'channel' | 'all';
  /**
   * `whole`: a reply is an opt-out when it says nothing else; `contains`: also where the word is among
   * others.
   */
  optOutMatching: 'whole' | 'contains';
  /** Words of the workspace's own that opt out, beside those of the product. */
  optOutWords: string[];
  /** Languages of the people written to, as codes, beside those of the countries of the lines. */
  languages: string[];
  /** An address that more leads hold than this counts for itself alone: a switchboard, `info@`. */
  sharedAddressLeads: number;
  /**
   * When people may be written to on phone channels, by the law of their place or the workspace's own rule.
   */
  quietHours: QuietHours;
  /** After so many days a reply that may have been an opt-out counts as one, unless somebody has decided. */
  reviewDays: number;
  /** At most so many messages a day, on the person's clock, over all campaigns; `null`: any number. */
  maxMessagesPerPersonPerDay: number | null;
  /** Hours between a message of one campaign and the first of another to the same address; 0: none. */
  minHoursBetweenCampaigns: number;
  /**
   * Whether a campaign in the leads' own time zones takes the zones of a US or Canadian area code, where
   * nothing better is known: of several, the window has to be open in all.
   */
  guessZoneFromAreaCode: boolean;
  /** What HELP is answered with; `null`: nothing. */
  helpText: string | null;
  /** The one text that confirms an opt-out; `null`: none. */
  optOutConfirmation: string | null;
  /** The sender's postal address, which the law wants in e-mails; `null`: none. */
  postalAddress: string | null;
}

/** The settings of a workspace that has decided nothing. */
export const DEFAULT_SETTINGS: WorkspaceSettings = {
  autoCheckAvailability: false,
  optOutScope: 'channel',
  optOutMatching: 'whole',
  optOutWords: [],
  languages: ['en'],
  sharedAddressLeads: 3,
  reviewDays: 5,
  quietHours: 'off',
  maxMessagesPerPersonPerDay: null,
  minHoursBetweenCampaigns: 0,
  guessZoneFromAreaCode: false,
  helpText: null,
  optOutConfirmation: null,
  postalAddress: null,
};

/** Why a workspace is read-only whose organization is gone. */
export const ORGANIZATION_DELETED = 'organization_deleted';

/** The tenant. */
export interface Workspace extends WorkspaceSettings {
  id: WorkspaceId;
  name: string;
  /** Why nothing may be written and nothing is sent (such as `past_due`); `null` in normal life. */
  readOnlyReason: string | null;
  /** Calls in a minute, where it is not the number of all (`RATE_LIMIT_PER_MINUTE`); 0: any number. */
  rateLimitPerMinute: number | null;
  createdAt: Date;
}

export abstract class Workspaces {
  abstract find(id: WorkspaceId, transaction?: Transaction): Promise<Workspace | null>;
  /** The workspace, made on its first use. */
  abstract findOrCreate(id: WorkspaceId, name: string, now: Date): Promise<Workspace>;
  /** Changes the settings that are given. */
  abstract change(id: WorkspaceId, settings: Partial<WorkspaceSettings>, transaction: Transaction): Promise<void>;
  abstract setReadOnly(id: WorkspaceId, reason: string | null, transaction?: Transaction): Promise<void>;
}

/** Published, in the same transaction, when a workspace's settings were changed. */
export class WorkspaceChanged {
  constructor(readonly workspaceId: WorkspaceId) {}
}
