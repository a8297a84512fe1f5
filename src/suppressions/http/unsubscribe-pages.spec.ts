import { createHash } from 'node:crypto';
import { workspaceId } from '../../platform/ids';
import type { LinkHolder } from '../domain/unsubscribe-tokens';
import { askPage, donePage, invalidLinkPage, PAGE_HEADERS } from './unsubscribe-pages';

const holder = (address: string, channel: LinkHolder['channel'] = 'email'): LinkHolder => ({
  workspaceId: workspaceId('w'),
  messageId: 'm',
  leadId: 'l',
  address,
  channel,
});

describe('the pages of an unsubscribe link', () => {
  it('escape the address, whatever stands in it', () => {
    const evil = holder('<b>&"\'@<script>alert(1)</script>"\'&.example');
    for (const page of [askPage(evil), donePage(evil)]) {
      expect(page).toContain('&#60;••@&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;&#38;.example');
      expect(page).not.toContain('<script');
    }
  });

  it('say what ends, and where', () => {
    expect(askPage(holder('ann@example.com'))).toContain('no more e-mail');
    expect(donePage(holder('+12065550131', 'phone'))).toContain('no more texts to <strong>+1 ••• ••• ••31</strong>');
  });

  it('need nothing from elsewhere, and have the style that the policy allows', () => {
    for (const page of [askPage(holder('ann@example.com')), donePage(holder('ann@example.com')), invalidLinkPage()]) {
      expect(page).not.toMatch(/https?:|src=|href=|<script|style="|\son\w+="|@import|url\(/);
      const style = /<style>([^]*)<\/style>/.exec(page)![1]!;
      const hash = createHash('sha256').update(style).digest('base64');
      expect(PAGE_HEADERS['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    }
  });
});
