import { EventEmitter } from 'node:events';
import type { MongoClient } from 'mongodb';
import { WrittenCollections } from './written-collections';

const ONE = { lsid: { id: Buffer.from('session one') }, txnNumber: 1, autocommit: false };
const TWO = { lsid: { id: Buffer.from('session two') }, txnNumber: 1, autocommit: false };

/** A client whose commands are made up, in the form in which the driver tells of them. */
function setUp() {
  const client = new EventEmitter();
  const told: string[] = [];
  new WrittenCollections((collection) => void told.push(collection)).watch(client as unknown as MongoClient);
  let requestId = 0;
  const command = (commandName: string, body: object, reply: object | null) => {
    requestId += 1;
    client.emit('commandStarted', { commandName, command: body, requestId });
    client.emit(reply ? 'commandSucceeded' : 'commandFailed', { commandName, requestId, reply });
  };
  return { told, command };
}

describe('what a client has written', () => {
  it('is told of where something has changed', () => {
    const { told, command } = setUp();
    command('insert', { insert: 'a' }, { n: 1 });
    command('update', { update: 'b' }, { n: 1, nModified: 1 });
    command('update', { update: 'c' }, { n: 1, nModified: 0, upserted: [{ index: 0 }] });
    command('delete', { delete: 'd' }, { n: 2 });
    command('findAndModify', { findAndModify: 'e' }, { value: {}, lastErrorObject: { n: 1 } });
    expect(told).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('is not where nothing was found to change, or something was read', () => {
    const { told, command } = setUp();
    command('update', { update: 'a' }, { n: 1, nModified: 0 });
    command('delete', { delete: 'a' }, { n: 0 });
    command('findAndModify', { findAndModify: 'a' }, { value: null, lastErrorObject: { n: 0 } });
    command('find', { find: 'a' }, { cursor: {} });
    expect(told).toEqual([]);
  });

  it('is told of a transaction once it has committed, each collection once', () => {
    const { told, command } = setUp();
    command('insert', { insert: 'a', ...ONE }, { n: 1 });
    command('update', { update: 'a', ...ONE }, { n: 1, nModified: 1 });
    command('update', { update: 'b', ...ONE }, { n: 0, nModified: 0 });
    command('insert', { insert: 'c', ...TWO }, { n: 1 });
    expect(told).toEqual([]);
    command('commitTransaction', { commitTransaction: 1, ...ONE }, { ok: 1 });
    command('abortTransaction', { abortTransaction: 1, ...TWO }, { ok: 1 });
    command('commitTransaction', { commitTransaction: 1, ...TWO }, { ok: 1 });
    expect(told).toEqual(['a']);
  });

  it('is told of where nobody knows whether it happened', () => {
    const { told, command } = setUp();
    command('insert', { insert: 'a' }, null);
    command('insert', { insert: 'b', ...ONE }, { n: 1 });
    command('commitTransaction', { commitTransaction: 1, ...ONE }, null);
    expect(told).toEqual(['a', 'b']);
  });

  it('forgets no transaction whose end it never hears of, and keeps but a thousand', () => {
    const { told, command } = setUp();
    for (let txnNumber = 0; txnNumber < 1_001; txnNumber += 1)
      command('insert', { insert: `c${txnNumber}`, ...ONE, txnNumber }, { n: 1 });
    expect(told).toEqual(['c0']);
  });
});
