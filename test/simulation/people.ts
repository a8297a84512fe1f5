import { EnrollmentService } from '../../src/campaigns/application/enrollment.service';
import { LeadsService, SaveLeadsService } from '../../src/leads';
import { DAY, MINUTE, ZONES } from './calendar';
import type { KnownLead } from './known';
import { WORKSPACE, type World } from './world';

const digits = (index: number, length: number): string => String(index % 10 ** length).padStart(length, '0');
/** Numbers by country, with the zone that a number alone tells. */
const COUNTRIES: [(index: number) => string, string | null][] = [
  [(index) => `+1${212 + Math.floor(index / 10_000)}555${digits(index, 4)}`, null],
  [(index) => `+49151${digits(index, 8)}`, 'Europe/Berlin'],
  [(index) => `+6421${digits(index, 7)}`, 'Pacific/Auckland'],
  [(index) => `+346${digits(index, 8)}`, 'Europe/Madrid'],
];

/** Leads that are added, change, go, and come again. */
export class People {
  private readonly zoneOfNumber = new Map<string, string | null>();

  constructor(private readonly world: World) {}

  async add(from: number, to: number, lists: string[]): Promise<void> {
    const { random } = this.world;
    const rows = new Map<string, { row: Record<string, unknown>; known: KnownLead }[]>();
    for (let index = from; index < to; index += 1) {
      const [numberOf, zoneOfCountry] = random.pick(COUNTRIES);
      const phone = numberOf(index);
      this.zoneOfNumber.set(phone, zoneOfCountry);
      const email = `p${index}@example.com`;
      const own = random.chance(0.2) ? random.pick(ZONES) : null;
      const withEmail = random.chance(0.7);
      // Some are not on the channel with their phone, and some share a second address with somebody else.
      if (random.chance(0.1)) this.world.provider.absent.add(phone);
      const shared = random.chance(0.04) && index > from ? `shared${Math.floor(index / 3)}@example.com` : null;
      const who = `w${index}`;
      const addresses = [phone, ...(withEmail ? [email] : []), ...(shared ? [shared] : [])];
      const known: KnownLead = {
        who,
        id: '',
        zones: [{ since: 0, zone: own ?? zoneOfCountry }],
        addresses: new Set(addresses),
        enrolled: new Map(),
        stopped: new Map(),
        deleted: null,
        deleting: null,
        replied: [],
        hasAnswered: false,
        silentlyReplied: new Map(),
        sharesAddress: shared !== null,
      };
      const row = {
        phone,
        email: withEmail ? email : null,
        altEmail1: shared,
        firstName: who,
        customFields: { who, ...(own && { timezone: own }) },
      };
      const list = lists[index % lists.length]!;
      this.world.listOf.set(who, list);
      rows.set(list, [...(rows.get(list) ?? []), { row, known }]);
    }
    for (const [listId, some] of rows) {
      const result = await this.world.workers.of(SaveLeadsService).save(WORKSPACE, { rows: some.map(({ row }) => row), listId });
      if (result.savedCount !== some.length) throw new Error(`Only ${result.savedCount} of ${some.length} leads were saved`);
      some.forEach(({ known }, index) => {
        known.id = result.leadIds[index]!;
        this.world.leads.push(known);
        this.world.byId.set(known.id, known);
        this.world.judge.leads.set(known.who, known);
        for (const address of known.addresses) this.world.hold(address, known);
      });
    }
  }

  change(lead: KnownLead): void {
    if (lead.deleted !== null) return;
    const { random } = this.world;
    const zone = random.pick(ZONES);
    const newEmail = random.chance(0.3) ? `${lead.who}.${this.world.nextSerial()}@example.com` : null;
    this.world.call(async () => {
      const change = { fields: { customFields: { timezone: zone }, ...(newEmail && { altEmail2: newEmail }) } };
      await this.world.workers.of(LeadsService).change(WORKSPACE, lead.id, change);
      lead.zones.push({ since: this.world.time.steps, zone });
      if (newEmail) {
        lead.addresses.add(newEmail);
        this.world.hold(newEmail, lead);
      }
      this.world.counts.leadChanges += 1;
    });
  }

  delete(lead: KnownLead): void {
    if (lead.deleted !== null) return;
    this.world.call(async () => {
      lead.deleting ??= this.world.time.steps;
      await this.world.workers.of(LeadsService).delete(WORKSPACE, [lead.id]);
      lead.deleted = this.world.time.steps;
      this.world.counts.deletions += 1;
    });
    if (this.world.random.chance(0.7))
      this.world.time.at(this.world.time.ms + this.world.random.between(MINUTE, 2 * DAY), () => this.importAgain(lead));
  }

  /** Somebody who was deleted is there again, as if never known, and is put into a campaign. */
  private importAgain(lead: KnownLead): void {
    const [phone] = [...lead.addresses];
    const campaign = this.world.random.pick(this.world.campaigns);
    const serial = this.world.nextSerial();
    const who = `${lead.who}r${serial}`;
    const known: KnownLead = {
      ...lead,
      who,
      id: '',
      zones: [{ since: 0, zone: this.zoneOfNumber.get(phone!)! }],
      addresses: new Set([phone!]),
      enrolled: new Map(),
      stopped: new Map(),
      deleted: null,
      deleting: null,
      replied: [],
      hasAnswered: false,
      silentlyReplied: new Map(),
      sharesAddress: true,
    };
    this.world.judge.leads.set(who, known);
    this.world.listOf.set(who, this.world.listOfCampaign.get(campaign.tag)!);
    this.world.call(async () => {
      const at = this.world.time.ms;
      const row = { phone, firstName: who, customFields: { who } };
      known.enrolled.set(campaign.tag, { step: this.world.time.steps, at });
      const { leadId } = await this.world.workers.of(EnrollmentService).enroll(WORKSPACE, campaign.id, { lead: row });
      if (this.world.byId.has(leadId)) return;
      // Nothing else befalls somebody before they are there.
      known.id = leadId;
      this.world.leads.push(known);
      this.world.byId.set(leadId, known);
      this.world.hold(phone!, known);
      this.world.judge.consent.counts.reborn += 1;
    });
  }
}
