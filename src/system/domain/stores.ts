/** What a store says of itself. */
export interface StoreState {
  version: string;
  /** How long it took to answer, in milliseconds. */
  latencyMs: number;
  /** Is it the one that comes with the product, for a trial? */
  embedded: boolean;
}

export interface MongoState extends StoreState {
  replicaSet: boolean;
}

/** The stores that this process works with. `null`: one does not answer in time. */
export abstract class Stores {
  abstract mongodb(): Promise<MongoState | null>;
  abstract redis(): Promise<StoreState | null>;
}
