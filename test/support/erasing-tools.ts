import { type BridgeDesk } from './bridge-desk';
import { eventually } from './eventually';
import { PersonalScan } from './personal-scan';
import type { Tenant, TestApp } from './test-app';

/** Where a test is: its application, its desk, and its number, which makes its people its own. */
export interface ErasingPlace {
  test: TestApp;
  desk: BridgeDesk;
  serial: number;
}

/** What tests of erasing do again and again, at the place where they are by then. */
export function erasingTools(place: () => ErasingPlace) {
  const phone = (ending: number) => `+1206${String(3_000_000 + place().serial * 100 + ending)}`;
  const email = () => `kestrel${place().serial}@example.com`;
  const name = () => `Kestrel${place().serial}x`;
  const mark = () => name().toLowerCase();
  const begin = async (lead: string, tenant: Tenant = place().desk.tenant) =>
    (await tenant.delete(`/leads/${lead}?erase=true`).expect(202)).body as { jobId: string; state: string };
  const shown = async (job: string, tenant: Tenant = place().desk.tenant) =>
    (await tenant.get(`/leads/erasures/${job}`).expect(200)).body;
  const over = (job: string, tenant: Tenant = place().desk.tenant) =>
    eventually(async () => {
      const erasure = await shown(job, tenant);
      return ['completed', 'failed'].includes(erasure.state as string) && erasure;
    });
  const erased = async (lead: string, tenant: Tenant = place().desk.tenant) => {
    const end = await over((await begin(lead, tenant)).jobId, tenant);
    expect(end).toMatchObject({ state: 'completed', leadId: lead, reason: null });
    return end;
  };
  /** In the desk's own workspace: those of other tests read the same Mac, and take in what comes to it. */
  const found = (...texts: string[]) => new PersonalScan(place().test, texts, place().desk.tenant.id).found();
  const firstTouches = async () =>
    (await place().desk.tenant.get('/lines/by-user').expect(200)).body.lines[0].usage.newConversationsCount;
  const answer = (address: string, text: string) => place().test.simulator.reply({ address, text });
  const suppressionsOf = async (address: string, tenant = place().desk.tenant) =>
    (await tenant.get(`/suppressions?address=${encodeURIComponent(address)}`).expect(200)).body.suppressions;
  return { phone, email, name, mark, begin, shown, over, erased, found, firstTouches, answer, suppressionsOf };
}
