import type { Bridge } from '../bridge';
import type { World } from '../world';
import type { CallBody } from './body';
import { withOf } from './fields';
import type { ServerProcess } from './server-process';

/** A call of BlueBubbles' API on its way through the server. */
export interface Call {
  world: World;
  bridge: Bridge;
  /** The server that took the call; another one may run when it is answered. */
  server: ServerProcess;
  query: URLSearchParams;
  body: CallBody;
  /** When the request came in, in ms. */
  at: number;
  /** The parts of the path that the route's pattern caught. */
  parts: string[];
  /** Whether the answer will get lost on its way, for the ledger. */
  isAnswerLost: boolean;
}

/** The names in the query's `with`. */
export const withQuery = ({ query }: Call): Set<string> => withOf(query.get('with'));

/** The query as fields. */
export const queryFields = ({ query }: Call): Record<string, unknown> => Object.fromEntries(query);

export const hasOne = (names: Set<string>, ...wanted: string[]): boolean => wanted.some((each) => names.has(each));
