import type { Line } from '../../src/lines';
import { workspaceId } from '../../src/platform/ids';
import { BEGINNING } from './calendar';
import type { Frequency } from './frequency';
import { Judge } from './judge';
import type { KnownCampaign, KnownLead } from './known';
import { Provider } from './provider';
import { Random } from './random';
import { VirtualTime } from './virtual-time';
import { Workers } from './workers';

export interface Size {
  seed: number;
  leads: number;
  campaigns: number;
  lines: number;
  days: number;
  workers: number;
  /** Caps of a line: all sends and first touches a day, first touches an hour. */
  caps: [number, number, number];
  /** The run ends after so much real time, however far it is. */
  realMs: number;
  /** Whether people and machines make trouble. */
  trouble: boolean;
}

export const WORKSPACE = workspaceId('org_simulation');

/** How much trouble a provider and its people make, in peace and otherwise. */
const CALM = {
  refuse: 0,
  hangAfterSending: 0,
  hangBeforeSending: 0,
  lateError: 0,
  receipt: 0.5,
  reply: 0.05,
  lostReply: 0,
  words: 0.3,
};
const TROUBLES = {
  refuse: 0.02,
  hangAfterSending: 0.01,
  hangBeforeSending: 0.005,
  lateError: 0.005,
  receipt: 0.5,
  reply: 0.16,
  lostReply: 0.01,
  words: 0.6,
};
/** How much harm comes to workers. */
export const NO_HARM = { jobDies: 0, jobSleeps: 0, tickDies: 0, late: 0, twice: 0 };
const HARM = { jobDies: 0.04, jobSleeps: 0.1, tickDies: 0.005, late: 0.03, twice: 0.03 };

/**
 * What all that befalls a workspace has in common: the time, the product, its provider, and what is known of
 * people and campaigns.
 */
export class World {
  readonly time = new VirtualTime(BEGINNING);
  readonly random: Random;
  readonly provider: Provider;
  readonly workers: Workers;
  readonly judge: Judge;
  /** How often one person may be written to. */
  readonly frequency: Frequency;
  readonly counts = {
    enrolled: 0,
    replies: 0,
    pauses: 0,
    edits: 0,
    leadChanges: 0,
    deletions: 0,
    cancels: 0,
    archived: 0,
    directs: 0,
    retries: 0,
  };
  readonly unfair: string[] = [];
  readonly leads: KnownLead[] = [];
  readonly campaigns: KnownCampaign[] = [];
  readonly lines: Line[] = [];
  /** The list of each person and of each campaign. */
  readonly listOf = new Map<string, string>();
  readonly listOfCampaign = new Map<string, string>();
  readonly byId = new Map<string, KnownLead>();
  private readonly byAddress = new Map<string, Set<KnownLead>>();
  private serial = 0;

  constructor(readonly size: Size) {
    this.random = new Random(size.seed);
    this.provider = new Provider(this.time, new Random(size.seed + 1), size.trouble ? TROUBLES : CALM);
    this.workers = new Workers(this.time, new Random(size.seed + 2), this.provider, size.trouble ? HARM : NO_HARM);
    const moods = new Random(size.seed + 3);
    this.frequency = { aDay: moods.pick([null, 1, 2]), hoursBetween: moods.pick([0, 5, 30]) };
    this.judge = new Judge(
      () => `${this.time.now().toISOString()} step ${this.time.steps}`,
      () => this.provider.readings,
      (address) => this.holdersOf(address),
      this.frequency,
    );
  }

  /** Another number each time. */
  nextSerial(): number {
    return (this.serial += 1);
  }

  hold(address: string, lead: KnownLead): void {
    const holders = this.byAddress.get(address) ?? new Set();
    this.byAddress.set(address, holders.add(lead));
  }

  holdersOf(address: string): KnownLead[] {
    return [...(this.byAddress.get(address) ?? [])];
  }

  readonly statusOf = (campaign: KnownCampaign) => campaign.statuses.at(-1)?.status;

  /** A call of a tenant. One that is refused is none of the simulation's business. */
  call(work: () => Promise<unknown>): void {
    this.workers.call('call', () =>
      work().catch((error: Error & { kind?: string }) => {
        if (!error.kind) throw error;
      }),
    );
  }
}
