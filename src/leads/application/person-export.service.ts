import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import type { WorkspaceId } from '../../platform/ids';
import type { Person, PersonalDataOf } from '../domain/personal-data';
import { PersonalData } from '../domain/personal-data';
import { LeadsService } from './leads.service';
import { PeopleService } from './people.service';

/** A part of an export, whose rows are read as they are written out. */
export interface ExportSection {
  name: string;
  rows: AsyncIterable<object>;
}

/** Shows all that is held about a person. */
@Injectable()
export class PersonExportService {
  constructor(
    private readonly leadsService: LeadsService,
    private readonly people: PeopleService,
    private readonly personalData: PersonalData,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async of(workspaceId: WorkspaceId, leadId: string) {
    const lead = await this.leadsService.get(workspaceId, leadId);
    const person = await this.people.of(workspaceId, leadId, lead);
    const sections = [...this.personalData.modules.values()].flatMap((data) => sectionsOf(data, person));
    return { exportedAt: this.clock.now(), lead, sections };
  }
}

const sectionsOf = ({ sections }: PersonalDataOf, person: Person): ExportSection[] =>
  Object.entries(sections ?? {}).map(([name, read]) => ({
    name,
    rows: (async function* () {
      yield* await read(person);
    })(),
  }));
