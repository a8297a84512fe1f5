import { MAX_ATTACHMENT_BYTES } from '../../messages/domain';
import { FileRoom } from './file-room';

const LARGEST = MAX_ATTACHMENT_BYTES;

describe('room for files', () => {
  it('a workspace has two places, whatever its files do; others find theirs', () => {
    const room = new FileRoom();
    const took = ['a1', 'a2', 'a3'].map((message) => room.enter(message, 'a'));
    expect(took).toEqual([true, true, false]);
    expect(room.enter('b1', 'b')).toBe(true);
    room.leave('a1');
    expect(room.enter('a3', 'a')).toBe(true);
  });

  it('a message keeps its place for its next file', () => {
    const room = new FileRoom();
    for (const message of ['a1', 'a2', 'a1', 'a2']) expect(room.enter(message, 'a')).toBe(true);
  });

  it('a workspace holds the bytes of one largest file, all together those of two', () => {
    const room = new FileRoom();
    for (const message of ['a1', 'a2']) room.enter(message, 'a');
    for (const message of ['b1', 'b2']) room.enter(message, 'b');
    room.enter('c1', 'c');
    expect(room.fill('a1', LARGEST)).toBe(true);
    expect(room.fill('a2', 1)).toBe(false);
    room.leave('a2');
    expect(room.fill('b1', LARGEST)).toBe(true);
    expect(room.fill('c1', 1)).toBe(false);
    room.leave('a1');
    expect(room.fill('c1', LARGEST)).toBe(true);
  });

  it('has twenty places in all', () => {
    const room = new FileRoom();
    const took = Array.from({ length: 21 }, (_, n) => room.enter(`m${n}`, `w${n}`));
    expect(took.filter(Boolean)).toHaveLength(20);
    expect(room.fill('m20', 1)).toBe(false);
  });
});
