import type { WorkspaceId } from '../../platform/ids';

/** Somebody whose data is to be found, in every module. */
export interface Person {
  workspaceId: WorkspaceId;
  leadId: string;
  /** Every address that the lead has, and those that modules know it by besides, in all forms. */
  addresses: string[];
  /** Those of them that no other lead holds: what stands under them is about nobody else. */
  own: string[];
  /** Further texts that are long enough to tell the person from others: as given, links, external ids. */
  marks: string[];
}

/** Rows of an export, as they are shown. */
type Rows = AsyncIterable<object> | Iterable<object>;

/**
 * How a module erases and shows what it holds about a person. Every method may run again after a crash, and
 * must be harmless then.
 */
export interface PersonalDataOf {
  /** The collections that it sees to: whoever adds one adds it to the test of erasing. */
  collections: readonly string[];
  /** Others find their rows through what it holds: it is erased after them. */
  isAskedByOthers?: true;
  /** Addresses that it knows the lead by, such as those of messages, which it may have lost since. */
  addressesOf?(workspaceId: WorkspaceId, leadId: string): Promise<string[]>;
  /**
   * Ends what waits for the person.
   * @returns why nothing may be erased yet, as a sentence, or `null`
   */
  settle?(person: Person, requestedAt: Date): Promise<string | null>;
  /**
   * Writes what protects the person under a keyed hash. It comes before anything of anybody is removed, so
   * that a crash in between leaves nobody unprotected.
   */
  keepGuards?(person: Person): Promise<void>;
  erase(person: Person): Promise<void>;
  /** What it holds about the person, by the name that it has in an export. */
  sections?: Readonly<Record<string, (person: Person) => Rows | Promise<Rows>>>;
}

/** Where modules say how they erase and show what they hold about people. */
export class PersonalData {
  private readonly byModule = new Map<string, PersonalDataOf>();

  register(module: string, data: PersonalDataOf): void {
    if (this.byModule.has(module)) throw new Error(`The personal data of "${module}" is registered twice`);
    this.byModule.set(module, data);
  }

  /** By module, in the order in which they erase. */
  get modules(): ReadonlyMap<string, PersonalDataOf> {
    const all = [...this.byModule];
    const last = all.filter(([, { isAskedByOthers }]) => isAskedByOthers);
    return new Map([...all.filter(([, { isAskedByOthers }]) => !isAskedByOthers), ...last]);
  }
}
