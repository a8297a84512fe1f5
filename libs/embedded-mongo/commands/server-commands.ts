import { cpus, hostname, totalmem } from 'node:os';
import { ObjectId } from 'bson';
import { type Doc, isBinary, isDoc } from '../values/types';
import type { Command } from './request';

/** What the driver is told to be talking to. */
const VERSION = '7.0.0';
const WIRE_VERSION = 21;
export const REPLICA_SET = 'rs0';

const ELECTION = new ObjectId('7fffffff0000000000000001');
let connections = 0;

/**
 * Says that this is the primary of a replica set of one, since drivers offer transactions and retries to such
 * only.
 */
export const helloOf =
  (address: string): Command =>
  ({ name }) => ({
    ...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true, isWritablePrimary: true, helloOk: true }),
    helloOk: true,
    hosts: [address],
    setName: REPLICA_SET,
    setVersion: 1,
    electionId: ELECTION,
    secondary: false,
    primary: address,
    me: address,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: (connections += 1),
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    ok: 1,
  });

const ok: Command = () => ({ ok: 1 });

const buildInfo: Command = () => ({
  version: VERSION,
  versionArray: VERSION.split('.').map(Number).concat(0),
  gitVersion: 'embedded',
  modules: ['embedded'],
  storageEngines: ['lmdb'],
  bits: 64,
  debug: false,
  maxBsonObjectSize: 16 * 1024 * 1024,
  ok: 1,
});

const hostInfo: Command = () => ({
  system: { currentTime: new Date(), hostname: hostname(), numCores: cpus().length, memSizeMB: Math.floor(totalmem() / 2 ** 20) },
  os: { type: process.platform },
  extra: {},
  ok: 1,
});

const connectionStatus: Command = () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 });

/** Ends what the sessions still have open. */
const endSessions: Command = ({ body, engine }) => {
  const named = (body.endSessions ?? body.killSessions) as Doc[] | undefined;
  for (const session of Array.isArray(named) ? named : []) {
    if (!isDoc(session) || !isBinary(session.id)) continue;
    const id = Buffer.from(session.id.value()).toString('latin1');
    engine.transactions.abortOf(id);
    engine.cursors.closeOfSession(id);
  }
  return { ok: 1 };
};

const getParameter: Command = () => ({ featureCompatibilityVersion: { version: '7.0' }, ok: 1 });
const getLog: Command = () => ({ totalLinesWritten: 0, log: [], ok: 1 });
const getCmdLineOpts: Command = () => ({ argv: [], parsed: {}, ok: 1 });

/** There are none. */
const usersInfo: Command = () => ({ users: [], ok: 1 });
const rolesInfo: Command = () => ({ roles: [], ok: 1 });

export const SERVER_COMMANDS: Record<string, Command> = {
  ping: ok,
  buildInfo,
  buildinfo: buildInfo,
  hostInfo,
  connectionStatus,
  endSessions,
  killSessions: endSessions,
  getParameter,
  getLog,
  getCmdLineOpts,
  usersInfo,
  rolesInfo,
};
