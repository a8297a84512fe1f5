import { clerkOrigin, framePolicy, pagePolicy } from './page-policy';

const KEY = `pk_test_${Buffer.from('settled-cat-1.clerk.accounts.dev$').toString('base64')}`;

describe('the policy of the page', () => {
  it('lets nothing in but its own files', () => {
    const policy = pagePolicy(null);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).not.toMatch(/unsafe|https:|data:|\*/);
  });

  it('opens the origin of Clerk where people sign in there', () => {
    expect(clerkOrigin(KEY)).toBe('https://settled-cat-1.clerk.accounts.dev');
    const policy = pagePolicy(clerkOrigin(KEY));
    expect(policy).toContain("script-src 'self' https://settled-cat-1.clerk.accounts.dev https://challenges.cloudflare.com;");
    expect(policy).toContain("connect-src 'self' https://settled-cat-1.clerk.accounts.dev;");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  it('is not widened by a key that names no host', () => {
    expect(clerkOrigin(`pk_live_${Buffer.from('x; script-src *$').toString('base64')}`)).toBe('');
  });
});

describe('the policy of the frame of an e-mail', () => {
  it.each(['none', 'remote'] as const)('runs nothing, sends nothing, and is framed by the page alone (images: %s)', (images) => {
    const policy = framePolicy(images);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toContain("form-action 'none'");
    expect(policy).toMatch(/sandbox allow-same-origin$/);
    expect(policy).not.toMatch(/script-src|allow-scripts|connect-src|font-src/);
  });

  it('fetches images only where somebody asked for them', () => {
    expect(framePolicy('none')).toContain('img-src data:;');
    expect(framePolicy('remote')).toContain('img-src data: https: http:;');
  });
});
