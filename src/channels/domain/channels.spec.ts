import type { Channel } from './channel';
import { Channels } from './channels';

describe('channels', () => {
  const fax = { name: 'fax', provider: 'faxes', reaches: ['phone'] } as unknown as Channel;

  it('without an adapter are known, and nothing goes by them', () => {
    const channels = new Channels([fax]);
    expect([channels.isKnown('email'), channels.has('email'), channels.reachOf('email')]).toEqual([true, false, ['email']]);
    expect(() => channels.of('email')).toThrow(expect.objectContaining({ code: 'CHANNEL_NOT_CONFIGURED' }));
    expect(channels.lineProblems('email', { phone: null, email: null, bridgeUrl: null, bridgePassword: null })).toEqual([
      { field: 'email', message: 'is needed by a line of the channel email' },
    ]);
    expect([channels.isKnown('pigeon'), channels.reachOf('pigeon'), channels.of('fax')]).toEqual([false, [], fax]);
  });

  it('have names of their own', () => {
    expect(() => new Channels([fax, fax])).toThrow('the same name');
  });
});
