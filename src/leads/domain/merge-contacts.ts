import { CONTACT_FIELDS, type ContactField, type Contacts, EMAIL_FIELDS, type Lead, type LeadDraft, PHONE_FIELDS } from './lead';

/** How a row changes the contacts of a lead. */
export interface ContactUpdate {
  draft: Pick<LeadDraft, ContactField | 'original'>;
  /** Fields that the row empties. */
  cleared: readonly ContactField[];
  /** The primaries that may give way to a new address, which the lead does not have. */
  replaceable: { phone: boolean; email: boolean };
}

export interface MergedContacts {
  contacts: Contacts;
  original: Lead['original'];
  /** What the lead has no room for any more, with the field where it was. */
  fallen: { field: ContactField; address: string }[];
}

interface Slot {
  address: string;
  /** What was given for it. */
  text: string | undefined;
  /** Where the lead had it; absent for a new one. */
  from?: number;
  isGiven?: boolean;
}

/**
 * The contacts of a lead with those of a row written to it, so that no way to reach the person is lost: an
 * address that the lead has moves to the field where the row has it, and the others stay behind it; one that
 * it has not takes the place of another, which goes to the first free alternate. Where none is free, the last
 * alternate that the row does not name falls off.
 */
export function mergeContacts(lead: Contacts & Pick<Lead, 'original'>, update: ContactUpdate): MergedContacts {
  const merged: MergedContacts = {
    contacts: Object.fromEntries(CONTACT_FIELDS.map((field) => [field, null])) as Contacts,
    original: { ...lead.original },
    fallen: [],
  };
  mergeKind(lead, update, { fields: PHONE_FIELDS, isReplaceable: update.replaceable.phone }, merged);
  mergeKind(lead, update, { fields: EMAIL_FIELDS, isReplaceable: update.replaceable.email }, merged);
  return merged;
}

function mergeKind(
  lead: Contacts & Pick<Lead, 'original'>,
  { draft, cleared }: ContactUpdate,
  { fields, isReplaceable }: { fields: readonly ContactField[]; isReplaceable: boolean },
  merged: MergedContacts,
): void {
  const slots = fields.flatMap((field, from): Slot[] => {
    const address = cleared.includes(field) ? null : lead[field];
    return address === null ? [] : [{ address, text: lead.original[field], from }];
  });
  const isAhead = isReplaceable || slots.length === 0 || slots.some(({ address }) => address === draft[fields[0]!]);
  fields.forEach((field, index) => {
    const address = draft[field];
    if (address === null) return;
    const given: Slot = { address, text: draft.original[field], isGiven: true };
    if (isAhead) put(slots, given, index);
    else add(slots, given);
  });
  for (const { address, from } of takeOverflow(slots, fields.length)) {
    if (from !== undefined) merged.fallen.push({ field: fields[from]!, address });
  }
  fields.forEach((field, index) => {
    const slot = slots[index];
    merged.contacts[field] = slot?.address ?? null;
    if (slot && slot.address === lead[field]) return;
    // A text that is not usable is kept where there is no other.
    const kept = lead[field] === null && !cleared.includes(field) ? lead.original[field] : undefined;
    const text = slot ? slot.text : (draft.original[field] ?? kept);
    if (text === undefined) delete merged.original[field];
    else merged.original[field] = text;
  });
}

/** The address goes to the place where the row has it. */
function put(slots: Slot[], given: Slot, index: number): void {
  const at = slots.findIndex(({ address }) => address === given.address);
  if (at >= 0) {
    const [held] = slots.splice(at, 1);
    slots.splice(index, 0, { ...held!, isGiven: true });
    return;
  }
  const displaced = slots[index];
  slots[index] = given;
  if (displaced) slots.push(displaced);
}

/** The row's addresses are only added to those that the lead has. */
function add(slots: Slot[], given: Slot): void {
  const held = slots.find(({ address }) => address === given.address);
  if (held) held.isGiven = true;
  else slots.push(given);
}

/** Takes out what there is no room for: the last alternates first, then what was the primary. */
function takeOverflow(slots: Slot[], room: number): Slot[] {
  const fallen: Slot[] = [];
  while (slots.length > room) {
    const held = slots.filter(({ isGiven }) => !isGiven).sort((one, other) => other.from! - one.from!);
    const last = held[0] ?? slots.at(-1)!;
    slots.splice(slots.indexOf(last), 1);
    fallen.push(last);
  }
  return fallen;
}
