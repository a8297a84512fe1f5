/*
 * What the judge has to know of campaigns and people. The scenario keeps it; nothing of it comes from the
 * product.
 */
const SECOND = 1_000;
export const UNIT_MS = { seconds: SECOND, minutes: 60 * SECOND, hours: 3_600 * SECOND, days: 86_400 * SECOND };

export interface KnownStep {
  tag: string;
  wait: { amount: number; unit: keyof typeof UNIT_MS };
  onlyIfNoReply: boolean | null;
}

export interface KnownCampaign {
  id: string;
  tag: string;
  steps: KnownStep[];
  zone: string;
  start: string | null;
  end: string | null;
  days: number[] | null;
  useLeadTimezone: boolean;
  gapSeconds: number;
  stopOnReply: boolean;
  lineIds: string[];
  /** Statuses and the steps of the simulation since which they hold. */
  statuses: { since: number; status: 'active' | 'paused' | 'archived' }[];
}

export interface KnownLead {
  who: string;
  id: string;
  /** Zones by the step of the simulation since which they hold; `null`: not known. */
  zones: { since: number; zone: string | null }[];
  addresses: Set<string>;
  /** By campaign tag. */
  enrolled: Map<string, { step: number; at: number }>;
  /** Stops by campaign tag, and for all of them. */
  stopped: Map<string, number>;
  deleted: number | null;
  /** The step at which its deletion began. */
  deleting: number | null;
  replied: number[];
  /** At any time, be it that only a chat tells of it: steps that ask for silence are passed over. */
  hasAnswered: boolean;
  /** Replies that no webhook told of: to which campaign, on which line, and since when the chat says so. */
  silentlyReplied: Map<string, { step: number; at: number; lineId: string }>;
  /** Somebody else may get a step in its place. */
  sharesAddress: boolean;
}

export interface KnownLine {
  id: string;
  firstTouchDaily: number;
  firstTouchHourly: number;
  daily: number;
}
