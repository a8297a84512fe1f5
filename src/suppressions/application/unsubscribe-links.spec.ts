import type { Config } from '../../platform/config';
import { workspaceId } from '../../platform/ids';
import { Secrets } from '../../platform/secrets';
import { UnsubscribeLinks } from './unsubscribe-links';

const [FIRST, SECOND] = ['1'.repeat(64), '2'.repeat(64)];
const linksOf = (ENCRYPTION_KEY: string, ENCRYPTION_KEYS_OLD?: string[], PUBLIC_URL = 'https://api.example.com') => {
  const config = { ENCRYPTION_KEY, ENCRYPTION_KEYS_OLD, PUBLIC_URL } as Config;
  return new UnsubscribeLinks(config, new Secrets(config));
};
const message = {
  workspaceId: workspaceId('org_one'),
  messageId: '65f0000000000000000000a1',
  leadId: '65f0000000000000000000b2',
  address: '+12065550131',
};
const tokenOf = (url: string) => url.split('/u/')[1]!;

describe('UnsubscribeLinks', () => {
  it('lead to the public address of the product', () => {
    const url = /^https:\/\/api\.example\.com\/u\/[\w-]+$/;
    expect(linksOf(FIRST).urlFor({ ...message, channel: 'sms' })).toMatch(url);
    expect(linksOf(FIRST, [], 'https://api.example.com/').urlFor({ ...message, channel: 'sms' })).toMatch(url);
    expect(linksOf(FIRST).holderOf(tokenOf(linksOf(FIRST).sample))).toBeNull();
  });

  it.each([
    ['email', 'email'],
    ['imessage', 'phone'],
    ['sms', 'phone'],
  ])('of a message by %s end %s', (channel, kind) => {
    const links = linksOf(FIRST);
    expect(links.holderOf(tokenOf(links.urlFor({ ...message, channel })))).toEqual({ ...message, channel: kind });
  });

  it('work after the key was changed, as long as the one before is here', () => {
    const token = tokenOf(linksOf(FIRST).urlFor({ ...message, channel: 'email' }));
    const holder = { ...message, channel: 'email' };
    expect(linksOf(SECOND, [FIRST]).holderOf(token)).toEqual(holder);
    expect(linksOf(SECOND, ['3'.repeat(64), FIRST]).holderOf(token)).toEqual(holder);
    expect(linksOf(SECOND).holderOf(token)).toBeNull();
    const renewed = tokenOf(linksOf(SECOND, [FIRST]).urlFor({ ...message, channel: 'email' }));
    expect(linksOf(SECOND).holderOf(renewed)).toEqual(holder);
  });
});
