import { randomBytes } from 'node:crypto';
import type { Endpoint } from '../support/endpoints';
import { everything, furnish, type Furnished } from '../support/furnished';
import type { AttackedProduct } from './attacked-product';

export interface Neighbours {
  /** Who attacks. */
  mine: Furnished;
  /** Whose things are marked: the mark stands in each of their texts. */
  theirs: Furnished;
  mark: string;
}

/** Two workspaces with one thing of every kind; what the second one has says so. */
export async function neighbours(product: AttackedProduct): Promise<Neighbours> {
  const [mine, theirs] = [await furnish(product), await furnish(product, 1)];
  const mark = `theirs-${randomBytes(6).toString('hex')}`;
  const { tenant } = theirs;
  await tenant.patch(`/leads/${theirs.lead}`, { firstName: mark, notes: mark, customFields: { secret: mark } }).expect(200);
  await tenant.patch(`/lists/${theirs.list}`, { name: mark, description: mark }).expect(200);
  const steps = [{ template: mark, wait: { amount: 300, unit: 'days' } }];
  await tenant.patch(`/campaigns/${theirs.campaign}`, { name: mark, steps }).expect(200);
  await tenant.patch(`/lines/${theirs.line}`, { firstName: mark }).expect(200);
  await tenant.patch(`/webhooks/${theirs.webhook}`, { name: mark, description: mark }).expect(200);
  await tenant.patch('/workspace', { helpText: mark }).expect(200);
  await tenant.post('/suppressions', { address: `${mark}@example.org`, note: mark }).expect(201);
  await tenant.post('/messages', { message: mark, leadId: theirs.lead, scheduledDate: '2100-01-01T00:00:00Z' }).expect(201);
  product.mark(tenant.id, [mark]);
  product.hide(mark);
  return { mine, theirs, mark };
}

/** All that is kept of a workspace, to be compared. Whoever reads its feed gives its events their places. */
export async function keptOf(product: AttackedProduct, { tenant }: Furnished): Promise<string> {
  await tenant.get('/events?limit=1').expect(200);
  const all = await everything(product);
  const own = Object.entries(all).map(([name, documents]) => [name, documents.filter((one) => one.includes(tenant.id))]);
  return JSON.stringify(own);
}

/** The endpoint's path with the ids of somebody's things. */
export const filled = (path: string, from: Furnished): string =>
  `/api${path.replace(/:(\w+)/g, (_, name: string) => String((from as never as Record<string, string>)[name]))}`;

/** The headers of a call to the endpoint. */
export const headersFor = ({ admin }: Pick<Endpoint, 'admin'>, { session, tenant }: Furnished): Record<string, string> => ({
  authorization: `Bearer ${admin ? session : tenant.key}`,
  'content-type': 'application/json',
});
