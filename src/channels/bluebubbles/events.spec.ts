import { eventsOf } from './events';

const AT = 1_790_000_000_000;
const inbound = (more: object = {}) => ({
  type: 'new-message',
  data: {
    guid: 'G-1',
    text: 'Yes',
    handle: { address: '+12025550101', service: 'iMessage' },
    isFromMe: false,
    itemType: 0,
    associatedMessageGuid: null,
    dateCreated: AT,
    chats: [{ guid: 'iMessage;-;+12025550101', style: 45 }],
    ...more,
  },
});
const own = (more: object = {}, type = 'new-message') => ({
  type,
  data: { guid: 'O-1', text: 'Hi', isFromMe: true, error: 0, handle: { address: '+12025550101' }, dateCreated: AT, ...more },
});
const reply = {
  kind: 'reply',
  externalId: 'G-1',
  from: '+12025550101',
  text: 'Yes',
  at: new Date(AT),
  inReplyTo: null,
  to: null,
  quotes: null,
};

describe('what an event of the bridge says', () => {
  it.each(['iMessage;-;+12025550101', 'any;-;+12025550101', 'SMS;-;+12025550101', 'RCS;-;+12025550101'])(
    'a message in %s is a reply',
    (guid) => {
      expect(eventsOf(inbound({ chats: [{ guid }] }))).toEqual([reply]);
      expect(eventsOf(inbound({ chats: [{ guid }], handle: null }))).toEqual([reply]);
    },
  );

  it('R09: a reply in a thread names the message that it answers', () => {
    expect(eventsOf(inbound({ threadOriginatorGuid: 'O-1' }))).toEqual([{ ...reply, inReplyTo: 'O-1' }]);
  });

  it.each<[string, object]>([
    ['R04: a message to a group', { chats: [{ guid: 'iMessage;+;chat813254241117177218', style: 43 }] }],
    ['a group that only its style tells', { chats: [{ guid: 'any;-;chat1', style: 43 }] }],
    ...[1, 2, 3, 4, 5, 6].map(
      (itemType) => [`R05: an item of the kind ${itemType}`, { itemType, text: null }] as [string, object],
    ),
    ['B52: a reaction', { associatedMessageGuid: 'p:0/O-1', associatedMessageType: 'like', text: 'Liked “Hi Amy”' }],
    ['an emoji reaction', { associatedMessageGuid: 'p:0/O-1', associatedMessageType: '2006' }],
  ])('%s is nothing', (_, more) => {
    expect(eventsOf(inbound(more))).toEqual([]);
  });

  it.each([
    ['Liked “Hi you”', 'Hi you'],
    ['Loved “Hi\nyou”', 'Hi\nyou'],
    ['Emphasized “Hi you”', 'Hi you'],
    ['Laughed at "Hi you"', 'Hi you'],
    ['Reacted 👍 to “Hi you”', 'Hi you'],
    ['👍 to “Hi you”', 'Hi you'],
    ['❤️ to “Hi you”', 'Hi you'],
    ['Removed a like from “Hi you”', 'Hi you'],
    ['Removed 👍 from “Hi you”', 'Hi you'],
    ['I liked “Hi you”', null],
    ['No to “Hi you”', null],
    ['Liked it', null],
  ])('R06: %s quotes %s', (text, quotes) => {
    expect(eventsOf(inbound({ text }))).toEqual([{ ...reply, text, quotes }]);
  });

  it('a message of our own is none of theirs, in whatever event its news comes', () => {
    const seen = { kind: 'own-message', externalId: 'O-1', to: '+12025550101' };
    expect(eventsOf(own())).toEqual([seen]);
    const delivered = { kind: 'delivered', externalId: 'O-1', at: new Date(AT) };
    const read = { kind: 'read', externalId: 'O-1', at: new Date(AT + 5) };
    for (const type of ['new-message', 'updated-message']) {
      expect(eventsOf(own({ dateDelivered: AT, dateRead: AT + 5 }, type))).toEqual([seen, delivered, read]);
      expect(eventsOf(own({ isDelivered: true }, type))).toEqual([seen, { ...delivered, at: expect.any(Date) }]);
    }
  });

  it.each(['new-message', 'updated-message', 'message-send-error'])('B11, B12: an error in %s is a late error', (type) => {
    const error = { kind: 'send-error', externalId: 'O-1', providerId: null, notOnChannel: true, code: 'NOT_ON_IMESSAGE' };
    expect(eventsOf(own({ error: 22 }, type))).toEqual([error]);
    expect(eventsOf(own({ error: 4 }, type))).toEqual([{ ...error, notOnChannel: false, code: 'IMESSAGE_ERROR_4' }]);
  });

  it('B41: the tempGuid of an event names nothing, unless there is no row at all', () => {
    expect(JSON.stringify(eventsOf(own({ tempGuid: 'tuco-other' })))).not.toContain('tuco-other');
    expect(eventsOf(own({ guid: 'tuco-1', tempGuid: 'tuco-1', error: 4 }, 'message-send-error'))).toMatchObject([
      { providerId: 'tuco-1' },
    ]);
  });

  it('a start of the server is told, and whatever else comes is passed over', () => {
    expect(eventsOf({ type: 'hello-world', data: null })).toEqual([{ kind: 'started' }]);
    for (const data of [null, 'text', 5, [], {}]) expect(eventsOf({ type: 'typing-indicator', data })).toEqual([]);
    expect(eventsOf(inbound({ handle: null, chats: [] }))).toEqual([]);
    expect(eventsOf({ ...inbound(), type: 'updated-message' })).toEqual([]);
  });
});
