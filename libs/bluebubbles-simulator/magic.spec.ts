import { isOnIMessage, magicOf } from './index';

describe('magicOf', () => {
  it.each([
    ['+12025550109', 'ordinary'],
    ['+12025550110', 'no-imessage'],
    ['+12025550119', 'no-imessage'],
    ['+12025550120', 'no-handle'],
    ['+12025550129', 'no-handle'],
    ['+12025550130', 'ordinary'],
    ['+12025550196', 'ordinary'],
    ['+12025550197', 'times-out'],
    ['+12025550198', 'fails'],
    ['+12025550199', 'fails-once'],
    ['+12025550100', 'ordinary'],
    ['jo@example.com', 'ordinary'],
    ['jo9@example.com', 'ordinary'],
    ['jo10@example.com', 'no-imessage'],
    ['jo2029@example.com', 'no-handle'],
    ['jo2030@example.com', 'ordinary'],
    ['15jo@example.com', 'ordinary'],
    ['jo@15.example.com', 'ordinary'],
    ['jo97@example.com', 'times-out'],
    ['jo98@example.com', 'fails'],
    ['jo99@example.com', 'fails-once'],
    ['+12025559095', 'fails-late'],
    ['+12025550095', 'ordinary'],
    ['jo9095@example.com', 'fails-late'],
    ['jo95@example.com', 'ordinary'],
    ['', 'ordinary'],
    ['1', 'ordinary'],
  ])('of %j is %s', (address, magic) => expect(magicOf(address)).toBe(magic));

  it.each([
    ['+12025550110', false],
    ['+12025550120', false],
    ['+12025559095', true],
    ['+12025550198', true],
  ])('says whether %s is on iMessage: %s', (address, is) => expect(isOnIMessage(address)).toBe(is));
});
