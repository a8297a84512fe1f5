import { IsBoolean, ValidateIf } from 'class-validator';
import { QueryFlag } from '../../platform/http';
import { leadDocument } from '../application/lead-document';
import type { ExportSection } from '../application/person-export.service';
import type { Erasure } from '../domain/erasure';
import type { Lead } from '../domain/lead';

export class DeleteLeadQuery {
  /**
   * Erases the person wherever something is kept about them; else the lead alone is deleted. Here an empty
   * value does not count as left out: nobody can say what was meant.
   */
  @ValidateIf((_, value) => value !== undefined) @QueryFlag() @IsBoolean() erase?: boolean;
}

export const toErasureResponse = ({ id, subject, state, reason, progress, createdAt, startedAt, finishedAt }: Erasure) => ({
  _id: id,
  jobId: id,
  leadId: subject,
  state,
  reason,
  stepsDone: progress.done.length,
  steps: progress.total,
  createdAt,
  startedAt,
  finishedAt,
});

/** Rows that are written at a time. */
const ROWS_AT_ONCE = 50;

/** One JSON object: the lead, and a list for each section. */
export async function* personJson({
  exportedAt,
  lead,
  sections,
}: {
  exportedAt: Date;
  lead: Lead;
  sections: readonly ExportSection[];
}): AsyncGenerator<string> {
  yield `{\n"exportedAt": ${JSON.stringify(exportedAt)},\n"lead": ${JSON.stringify(leadDocument(lead))}`;
  for (const { name, rows } of sections) {
    yield `,\n${JSON.stringify(name)}: [`;
    let part: string[] = [];
    let written = 0;
    for await (const row of rows) {
      part.push(`${written > 0 ? ',' : ''}\n${JSON.stringify(row)}`);
      written += 1;
      if (part.length < ROWS_AT_ONCE) continue;
      yield part.join('');
      part = [];
    }
    yield `${part.join('')}]`;
  }
  yield '\n}\n';
}
