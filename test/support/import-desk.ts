import request from 'supertest';
import { eventually } from './eventually';
import type { Tenant, TestApp } from './test-app';

export interface ImportView {
  state: string;
  rows: number;
  saved: number;
  updated: number;
  duplicate: number;
  /** Of imports of suppressions, instead of the two before. */
  existing: number;
  invalid: number;
  warnings: number;
  percent: number;
  enrolled?: number;
  error: string | null;
  listId: string;
}

/** CSV imports as a tenant makes them: of leads, or of what `path` names. */
export class ImportDesk {
  constructor(
    private readonly test: TestApp,
    private readonly tenant: Tenant,
    private readonly path = '/leads/imports',
  ) {}

  upload(csv: string | Buffer, fields: Record<string, string> = {}, query = '') {
    const call = request(this.test.url).post(`/api${this.path}${query}`).set('authorization', `Bearer ${this.tenant.key}`);
    for (const [name, value] of Object.entries(fields)) void call.field(name, value);
    return call.attach('file', Buffer.from(csv), 'people.csv');
  }

  /** Waits until the import has come to its end, whichever it is. */
  over(id: string): Promise<ImportView> {
    return eventually(async () => {
      const { body } = await this.tenant.get(`${this.path}/${id}`).expect(200);
      return ['completed', 'failed', 'cancelled'].includes(body.state as string) ? (body as ImportView) : null;
    });
  }
}
