import { Injectable } from '@nestjs/common';
import type { Person, PersonalDataOf } from '../../leads';
import { ImportTraces } from '../../platform/csv-jobs';

const IS_OPEN = 'An import, or an upload, that began before is not over yet';

/**
 * Imports when somebody is erased. A file is bytes in whatever form its writer chose, so nobody looks for the
 * person in it: one that is being worked on is waited for, and deleted with its import.
 */
@Injectable()
export class PersonalImportsService implements PersonalDataOf {
  readonly collections = ['importFiles', 'importRejects', 'importWarnings'];

  readonly sections = {
    rejectedRows: (person: Person) => this.importTraces.rejectedOf(person.workspaceId, traitsOf(person)),
    importWarnings: (person: Person) => this.importTraces.warningsOf(person.workspaceId, traitsOf(person)),
  };

  constructor(private readonly importTraces: ImportTraces) {}

  async settle({ workspaceId }: Person, requestedAt: Date): Promise<string | null> {
    return (await this.importTraces.isAnyOpen(workspaceId, requestedAt)) ? IS_OPEN : null;
  }

  async erase(person: Person): Promise<void> {
    await this.importTraces.deleteLeftovers(person.workspaceId);
    await this.importTraces.blank(person.workspaceId, traitsOf(person));
  }
}

/** Of an address that others share, nobody can tell whom a row is about. */
const traitsOf = ({ own, marks }: Person) => ({ addresses: own, marks });
