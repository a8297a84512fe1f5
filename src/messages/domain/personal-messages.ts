import type { Person } from '../../leads/domain';
import type { WorkspaceId } from '../../platform/ids';
import type { Message } from './message';

/**
 * Messages as data about somebody: those for their lead, and those that went, or were to go, to an address
 * that is theirs alone.
 */
export abstract class PersonalMessages {
  /** Every address that messages for the lead went to, or were to go to. */
  abstract addressesOf(workspaceId: WorkspaceId, leadId: string): Promise<string[]>;
  /** Is one of them being handed over, or asked about? */
  abstract isAnySending(person: Person): Promise<boolean>;
  /** Does one of them wait? */
  abstract isAnyWaiting(person: Person): Promise<boolean>;
  abstract idsOf(person: Person): Promise<string[]>;
  /** The lines that one of them went out by, or was tried by. */
  abstract lineIdsOf(person: Person): Promise<string[]>;
  abstract of(person: Person): AsyncIterable<Message>;
  /** Takes out all that says anything of the person; the rows stay, for counts and reports. */
  abstract blank(person: Person): Promise<void>;
}
