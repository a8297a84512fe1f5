import { generateKeyPairSync } from 'node:crypto';
import type { ChannelLine } from '../../src/channels';
import { GuardedSocket } from '../../src/channels/infrastructure/guarded-socket';
import { TxtRecords } from '../../src/channels/infrastructure/txt-records';
import { SmtpChannel } from '../../src/channels/smtp/smtp.channel';
import { NameServer } from '../support/name-server';
import { testConfig } from './bluebubbles-rig';

const pair = (type: 'rsa' | 'ed25519') =>
  type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2_048 }) : generateKeyPairSync('ed25519');
const RSA = pair('rsa');
const ED = pair('ed25519');
const pem = ({ privateKey }: ReturnType<typeof pair>) => privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const spki = ({ publicKey }: ReturnType<typeof pair>) => publicKey.export({ type: 'spki', format: 'der' });

const DMARC = ['v=DMARC1; p=none; rua=mailto:d@acme.dev'];
const FINE = { 'acme.dev': ['other=1', 'v=spf1 include:relay.dev -all'], '_dmarc.acme.dev': DMARC };

describe('the records of domains that mails are from', () => {
  let server: NameServer;
  let channel: SmtpChannel;
  beforeAll(async () => {
    server = await NameServer.start();
    const records = new TxtRecords();
    records.useServers([server.address]);
    channel = new SmtpChannel(new GuardedSocket(testConfig()), records, testConfig());
  });
  afterAll(() => server.close());

  const lineOf = (email: string | null, settings: object = {}, secrets: object = {}): ChannelLine => {
    const account = { id: 'account', settings: { smtpHost: '127.0.0.1', ...settings }, secrets: { ...secrets } };
    return { id: 'line', phone: null, email, bridgeUrl: null, bridgePassword: null, account };
  };
  const warnings = (line: ChannelLine, addresses: string[] = []) => channel.warnings(line, addresses);
  const kinds = async (names: Parameters<NameServer['knows']>[0], email = 'sam@acme.dev') => {
    server.knows(names);
    return (await warnings(lineOf(email))).map(({ kind }) => kind);
  };

  it('lack nothing where SPF and DMARC are there', async () => {
    expect(await kinds(FINE)).toEqual([]);
    expect(
      await kinds({ 'acme.dev': ['V=SPF1 ip4:192.0.2.0/24 ~ALL exp=e.acme.dev'], '_dmarc.acme.dev': ['v=DMARC1;p=reject'] }),
    ).toEqual([]);
    expect(await kinds({ ...FINE, 'acme.dev': ['v=spf1 redirect=_spf.relay.dev'] })).toEqual([]);
  });

  it.each([
    ['spf_missing', { ...FINE, 'acme.dev': ['v=spf10 -all', 'spf2.0/pra -all'] }],
    ['spf_several', { ...FINE, 'acme.dev': ['v=spf1 -all', 'v=spf1 include:relay.dev -all'] }],
    ['spf_open', { ...FINE, 'acme.dev': ['v=spf1 include:relay.dev'] }],
    ['spf_open', { ...FINE, 'acme.dev': ['v=spf1 -all include:relay.dev'] }],
    ['dmarc_missing', { ...FINE, '_dmarc.acme.dev': ['v=DMARC10; p=none'] }],
    ['dmarc_several', { ...FINE, '_dmarc.acme.dev': [...DMARC, 'v=DMARC1; p=reject'] }],
    ['dmarc_without_policy', { ...FINE, '_dmarc.acme.dev': ['v=DMARC1; rua=mailto:d@acme.dev'] }],
    ['dmarc_without_policy', { ...FINE, '_dmarc.acme.dev': ['v=DMARC1; p=nothing; sp=reject'] }],
  ])('are said to be %s', async (kind, names) => {
    expect(await kinds(names)).toEqual([kind]);
    const [warning] = await warnings(lineOf('sam@acme.dev'));
    expect(warning!.problem).toMatch(/acme\.dev.*\.$/);
    expect(warning!.cure).toContain(kind.startsWith('spf') ? 'TXT record' : '_dmarc.acme.dev');
  });

  it('are looked for above a subdomain for DMARC, and there alone', async () => {
    const mail = 'sam@news.eu.acme.dev';
    const spf = { 'news.eu.acme.dev': ['v=spf1 -all'] };
    expect(await kinds({ ...spf, '_dmarc.acme.dev': DMARC }, mail)).toEqual([]);
    expect(server.asked).not.toContain('_dmarc.dev');
    // The nearest one counts.
    expect(await kinds({ ...spf, '_dmarc.acme.dev': DMARC, '_dmarc.eu.acme.dev': ['v=DMARC1'] }, mail)).toEqual([
      'dmarc_without_policy',
    ]);
    expect(await kinds({ ...FINE, ...spf, '_dmarc.acme.dev': [] }, mail)).toEqual(['dmarc_missing']);
    expect(await kinds(FINE, mail)).toEqual(['spf_missing']);
  });

  it.each(['has-trouble', 'is-silent'] as const)(
    'that cannot be looked up (%s) are no finding, and not waited for',
    async (said) => {
      const began = Date.now();
      expect(await kinds({ 'acme.dev': said, '_dmarc.acme.dev': said })).toEqual([]);
      expect(
        await kinds(
          { ...FINE, '_dmarc.eu.acme.dev': said, 'eu.acme.dev': ['v=spf1 -all'], '_dmarc.acme.dev': [] },
          'sam@eu.acme.dev',
        ),
      ).toEqual([]);
      expect(Date.now() - began).toBeLessThan(2 * 2_900);
    },
  );

  it.each([
    ['RSA', RSA, 'rsa', spki(RSA).toString('base64')],
    ['RSA, by the key alone', RSA, 'rsa', RSA.publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64')],
    ['Ed25519', ED, 'ed25519', spki(ED).subarray(-32).toString('base64')],
  ])('of DKIM fit the private key (%s)', async (_name, key, type, published) => {
    const line = lineOf('sam@acme.dev', { dkimDomain: 'acme.dev', dkimSelector: 'S1' }, { dkimPrivateKey: pem(key) });
    const at = 's1._domainkey.acme.dev';
    server.knows({ ...FINE, [at]: [`v=DKIM1; k=${type}; p=${published.slice(0, 20)} ${published.slice(20)}`] });
    expect(await warnings(line)).toEqual([]);
    server.knows({ ...FINE, [at]: [`v=DKIM1; k=rsa; p=${spki(pair('rsa')).toString('base64')}`] });
    const [mismatch, ...others] = await warnings(line);
    expect([mismatch!.kind, others]).toEqual(['dkim_mismatch', []]);
    server.knows({ ...FINE, [at]: [`v=DKIM1; k=${type}; p=`] });
    expect((await warnings(line)).map(({ kind }) => kind)).toEqual(['dkim_mismatch']);
    server.knows(FINE);
    const [missing] = await warnings(line);
    const first = type === 'rsa' ? spki(key).toString('base64') : published;
    expect(missing).toEqual({
      kind: 'dkim_missing',
      problem: `There is no DKIM key at ${at}.`,
      cure: `Set a TXT record at ${at}: "v=DKIM1; k=${type}; p=${first}".`,
    });
    server.knows({ ...FINE, [at]: 'has-trouble' });
    expect(await warnings(line)).toEqual([]);
  });

  it('say nothing of DKIM where the relay signs, or the key cannot be used', async () => {
    server.knows(FINE);
    expect(await warnings(lineOf('sam@acme.dev'))).toEqual([]);
    const settings = { dkimDomain: 'acme.dev', dkimSelector: 's1' };
    expect(await warnings(lineOf('sam@acme.dev', settings, { dkimPrivateKey: 'nonsense' }))).toEqual([]);
    expect(server.asked.filter((name) => name.includes('_domainkey'))).toEqual([]);
  });

  it('of an account are those of its lines, each domain once', async () => {
    server.knows(FINE);
    const found = await warnings(lineOf(null), ['a@acme.dev', 'b@ACME.dev', 'c@other.dev']);
    expect(found.map(({ kind, problem }) => [kind, problem.includes('other.dev')])).toEqual([
      ['spf_missing', true],
      ['dmarc_missing', true],
    ]);
    expect(server.asked.filter((name) => name === 'acme.dev')).toHaveLength(1);
  });

  it('are not asked for where there can be none', async () => {
    server.knows({});
    expect(await warnings(lineOf('sam@acme.example'), ['a@localhost', 'b@mail.test'])).toEqual([]);
    expect(server.asked).toEqual([]);
  });
});
