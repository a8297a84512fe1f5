import { parse } from 'csv-parse/sync';
import { ImportDesk, type ImportView } from './import-desk';
import type { Tenant, TestApp } from './test-app';

type Lead = Record<string, unknown>;
type Told = Record<'row' | 'line' | 'field' | 'warning' | 'text', string>;

/** What tests of files do again and again, for the tenant that they have by then. */
export function importTools(place: () => { test: TestApp; tenant: Tenant }) {
  const desk = () => new ImportDesk(place().test, place().tenant);
  const importAll = async (csv: string | Buffer, fields: Record<string, string> = {}) => {
    const { body } = await desk().upload(csv, fields).expect(202);
    const result: ImportView = await desk().over(body.importId as string);
    expect(result.saved + result.updated + result.duplicate + result.invalid).toBe(result.rows);
    return { ...result, id: body.importId as string };
  };
  const leadsIn = async (listId: string) =>
    ((await place().tenant.get(`/leads?listId=${listId}&limit=200`).expect(200)).body.leads as Lead[]).reverse();
  const fileOf = async (id: string, what: string) => (await place().tenant.get(`/leads/imports/${id}/${what}`).expect(200)).text;
  const warningsOf = async (id: string) => parse(await fileOf(id, 'warnings'), { columns: true, bom: true }) as unknown as Told[];
  const preview = async (csv: string | Buffer, fields: Record<string, string> = {}) =>
    (await desk().upload(csv, fields, '?dryRun=true').expect(200)).body as Record<string, never>;
  const refusal = async (csv: string | Buffer, fields: Record<string, string> = {}) =>
    (await desk().upload(csv, fields).expect(400)).body.details as { field: string; message: string }[];
  /** What is saved of a file, and what is told of it: the row, the field and the text. */
  const taken = async (csv: string | Buffer, fields: Record<string, string> = {}) => {
    const { id, listId, state, saved, invalid, warnings } = await importAll(csv, fields);
    expect(state).toBe('completed');
    const told = await warningsOf(id);
    expect(told).toHaveLength(warnings);
    return { saved, invalid, leads: await leadsIn(listId), told: told.map(({ row, field, text }) => [row, field, text]) };
  };
  return { importAll, leadsIn, fileOf, warningsOf, preview, refusal, taken };
}
