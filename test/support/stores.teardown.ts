import type { StoreProcess } from './processes';

export default async function stopStores(): Promise<void> {
  const { startedStores = [] } = globalThis as { startedStores?: StoreProcess[] };
  await Promise.all(startedStores.map((store) => store.stop()));
}
