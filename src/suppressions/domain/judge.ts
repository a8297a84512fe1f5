import { identityOf } from '#libs/contact-methods';
import { holdsOn, isOfThePerson, type Suppression } from './suppression';

/** Somebody who holds addresses: a lead. */
export interface Holder {
  id: string;
  addresses: readonly string[];
}

/** What is known of addresses that are asked about. */
export interface JudgeFacts {
  /** Suppressions of the addresses asked about, and of all others of their holders. */
  suppressions: readonly Suppression[];
  /** Every lead that holds one of the addresses asked about. */
  holders: readonly Holder[];
  /** How many leads hold a listed address, by its identity. */
  holderCounts: ReadonlyMap<string, number>;
  /** Those asked about, and all others of their holders. */
  addresses: readonly string[];
  /** A listed address that more leads hold than this counts for itself alone, such as a switchboard. */
  sharedAddressLeads: number;
}

/** Which question is put: may this lead, or whoever has the address, be written to there on this channel? */
export interface Question {
  address: string;
  channel: string;
  /** The lead whom the message is for, where there is one. */
  leadId?: string;
}

/**
 * Why an address must not be written to. `person`: whoever has it does not want it. `review`: they may not
 * want it, and somebody has to decide. `alone`: the address itself is listed, and says nothing of the
 * person's others.
 */
export interface Verdict {
  kind: 'person' | 'review' | 'alone';
  suppression: Suppression;
}

/** The worse come first: a wish is final, a bad address is final for itself, a review is not over. */
const ORDER: readonly Verdict['kind'][] = ['person', 'alone', 'review'];

/**
 * Judges addresses by the suppressions of a workspace, on reading and one hop: an address is suppressed when
 * it is listed, or when a lead that holds it also holds a listed one (docs/consent.md).
 */
export class Judge {
  private readonly byAddress = new Map<string, Suppression[]>();
  private readonly byDomain = new Map<string, Suppression[]>();
  private readonly holdersOf = new Map<string, Holder[]>();

  /** Whose suppressions were read: while none of these is listed, nobody who was asked about is. */
  get addresses(): readonly string[] {
    return this.facts.addresses;
  }

  constructor(private readonly facts: JudgeFacts) {
    for (const suppression of facts.suppressions) {
      if (suppression.domain !== null) push(this.byDomain, suppression.domain, suppression);
      else push(this.byAddress, identityOf(suppression.address!), suppression);
    }
    for (const holder of facts.holders) {
      for (const identity of new Set(holder.addresses.map(identityOf))) push(this.holdersOf, identity, holder);
    }
  }

  /** @returns `null` when the address may be written to */
  verdict({ address, channel, leadId }: Question): Verdict | null {
    if (this.facts.suppressions.length === 0) return null;
    const verdicts = [...this.listed(address, channel, leadId), ...this.throughHolders(address, channel)];
    return verdicts.reduce<Verdict | null>((worst, one) => (worst && rank(worst) <= rank(one) ? worst : one), null);
  }

  /** Every suppression that covers one of the addresses of somebody, on whatever channel. */
  covering({ addresses }: Holder): Suppression[] {
    const found = addresses.flatMap((address) => {
      const identity = identityOf(address);
      const others = (this.holdersOf.get(identity) ?? []).flatMap((holder) =>
        holder.addresses.map(identityOf).flatMap((other) => this.personal(other, holder.id)),
      );
      return [...this.named(address), ...others];
    });
    return [...new Map(found.map((one) => [one.id, one])).values()];
  }

  /** Do suppressions of an address of somebody's cover all of their others? */
  spreadsFrom({ id, addresses }: Holder): boolean {
    return addresses.some((address) => this.personal(identityOf(address), id).length > 0);
  }

  /** Those that name the address, or its domain. */
  private named(address: string): Suppression[] {
    const domain = address.includes('@') ? address.slice(address.lastIndexOf('@') + 1) : null;
    return [...(this.byAddress.get(identityOf(address)) ?? []), ...((domain && this.byDomain.get(domain)) || [])];
  }

  /** Those of the address that cover the other addresses of a lead which holds it. */
  private personal(identity: string, leadId: string): Suppression[] {
    return (this.byAddress.get(identity) ?? []).filter((one) => isOfThePerson(one) && this.isOf(one, identity, leadId));
  }

  /** The address itself, or its domain, is listed. */
  private listed(address: string, channel: string, leadId: string | undefined): Verdict[] {
    const identity = identityOf(address);
    return this.named(address)
      .filter((suppression) => holdsOn(suppression, channel, address))
      .map((suppression) => {
        if (suppression.reason === 'review') return { kind: 'review', suppression };
        const isPersons = isOfThePerson(suppression) && this.isOf(suppression, identity, leadId);
        return { kind: isPersons ? 'person' : 'alone', suppression };
      });
  }

  /** A lead that holds it also holds a listed one. */
  private throughHolders(address: string, channel: string): Verdict[] {
    const identity = identityOf(address);
    return (this.holdersOf.get(identity) ?? []).flatMap(({ id, addresses }) =>
      addresses.map(identityOf).flatMap((other) =>
        other === identity
          ? []
          : this.personal(other, id)
              .filter((suppression) => holdsOn(suppression, channel, address))
              .map((suppression): Verdict => ({ kind: suppression.reason === 'review' ? 'review' : 'person', suppression })),
      ),
    );
  }

  /** Is the listed address the lead's own, and not one that many share? */
  private isOf({ leadIds }: Suppression, identity: string, leadId: string | undefined): boolean {
    if (leadId !== undefined && leadIds.includes(leadId)) return true;
    return (this.facts.holderCounts.get(identity) ?? 0) <= this.facts.sharedAddressLeads;
  }
}

const rank = ({ kind }: Verdict): number => ORDER.indexOf(kind);

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
