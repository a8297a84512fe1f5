import fc from 'fast-check';
import { BRIDGE_FIELDS, type FieldSpec } from '../../channels/domain';
import { type GivenFields, readFields } from './given-fields';

const RULES = { allowsPrivate: false, isProduction: true };
const NOTHING = { settings: {}, secretNames: [] };
const SCHEMA: readonly FieldSpec[] = [
  {
    name: 'accountSid',
    type: 'string',
    required: true,
    label: 'SID',
    help: 'h',
    pattern: { source: 'AC[0-9a-f]{32}', words: 'must be AC and 32 hex digits' },
  },
  { name: 'authToken', type: 'string', secret: true, required: true, label: 'Token', help: 'h', max: 40 },
  { name: 'apiKeySecret', type: 'string', secret: true, label: 'Key', help: 'h', min: 4 },
  { name: 'apiUrl', type: 'url', label: 'URL', help: 'h', default: 'https://api.example.com' },
  { name: 'port', type: 'number', label: 'Port', help: 'h', min: 1, max: 65_535 },
  { name: 'usesTls', type: 'boolean', label: 'TLS', help: 'h', default: true },
  { name: 'region', type: 'choice', label: 'Region', help: 'h', choices: ['us', 'ie'] },
];
const SID = `AC${'0'.repeat(32)}`;
const GOOD = { settings: { accountSid: SID }, secrets: { authToken: 'token' } };

const read = (given: GivenFields, present: Parameters<typeof readFields>[2] = NOTHING) =>
  readFields(SCHEMA, given, present, RULES);
const complaints = (given: GivenFields, present?: Parameters<typeof readFields>[2]) =>
  Object.fromEntries(read(given, present).problems.map(({ field, message }) => [field, message]));

describe('settings and secrets as they are given', () => {
  it('are read by their declaration, with the defaults', () => {
    expect(read({ settings: { accountSid: ` ${SID} `, port: 465 }, secrets: { authToken: ' token ' } })).toEqual({
      settings: { accountSid: SID, apiUrl: 'https://api.example.com', port: 465, usesTls: true, region: null },
      secrets: { authToken: 'token' },
      problems: [],
    });
  });

  it.each<[string, GivenFields, string]>([
    ['settings.accountSid', { secrets: GOOD.secrets }, 'is needed'],
    ['secrets.authToken', { settings: GOOD.settings }, 'is needed'],
    ['secrets.authToken', { ...GOOD, secrets: { authToken: '  ' } }, 'is needed'],
    ['secrets.authToken', { ...GOOD, secrets: { authToken: 'x'.repeat(41) } }, 'must be shorter than or equal to 40 characters'],
    [
      'secrets.apiKeySecret',
      { ...GOOD, secrets: { authToken: 'x', apiKeySecret: 'abc' } },
      'must be longer than or equal to 4 characters',
    ],
    ['settings.accountSid', { ...GOOD, settings: { accountSid: `x${SID}` } }, 'must be AC and 32 hex digits'],
    ['settings.accountSid', { ...GOOD, settings: { accountSid: 7 } }, 'must be a string'],
    [
      'settings.apiUrl',
      { ...GOOD, settings: { accountSid: SID, apiUrl: 'http://api.example.com' } },
      'must be an https URL: the password would be sent in the clear',
    ],
    [
      'settings.apiUrl',
      { ...GOOD, settings: { accountSid: SID, apiUrl: 'https://127.0.0.1' } },
      'must not be an address in a private range',
    ],
    ['settings.port', { ...GOOD, settings: { accountSid: SID, port: 0 } }, 'must not be less than 1'],
    ['settings.port', { ...GOOD, settings: { accountSid: SID, port: 65_536 } }, 'must not be greater than 65535'],
    ['settings.port', { ...GOOD, settings: { accountSid: SID, port: '465' } }, 'must be a number'],
    ['settings.usesTls', { ...GOOD, settings: { accountSid: SID, usesTls: 'yes' } }, 'must be true or false'],
    ['settings.region', { ...GOOD, settings: { accountSid: SID, region: 'de' } }, 'must be one of us, ie'],
    ['settings.nonsense', { ...GOOD, settings: { accountSid: SID, nonsense: 1 } }, 'is not a known field'],
    ['settings.constructor', { ...GOOD, settings: { accountSid: SID, constructor: 1 } }, 'is not a known field'],
    ['settings.authToken', { ...GOOD, settings: { accountSid: SID, authToken: 'x' } }, 'belongs into secrets'],
    ['secrets.accountSid', { ...GOOD, secrets: { authToken: 'x', accountSid: SID } }, 'belongs into settings'],
  ])('%s is refused for what it is (%#)', (field, given, message) => {
    expect(complaints(given)).toEqual({ [field]: message });
  });

  it('stay as they are where they are not given; null and an empty string set one back', () => {
    const present = {
      settings: { accountSid: SID, port: 25, region: 'us', usesTls: false },
      secretNames: ['authToken', 'apiKeySecret'],
    };
    expect(read({}, present)).toEqual({
      settings: { accountSid: SID, apiUrl: 'https://api.example.com', port: 25, usesTls: false, region: 'us' },
      secrets: {},
      problems: [],
    });
    const set = read({ settings: { port: null, region: '', usesTls: null }, secrets: { apiKeySecret: null } }, present);
    expect(set).toMatchObject({
      settings: { port: null, region: null, usesTls: true },
      secrets: { apiKeySecret: null },
      problems: [],
    });
    expect(complaints({ secrets: { authToken: null } }, present)).toEqual({ 'secrets.authToken': 'is needed' });
  });

  it('secrets go to another server only when they are given again, each of them', () => {
    const present = {
      settings: { accountSid: SID, apiUrl: 'https://api.example.com' },
      secretNames: ['authToken', 'apiKeySecret'],
    };
    const words = 'must be given again with another settings.apiUrl';
    const elsewhere = { apiUrl: 'https://evil.example.com' };
    expect(complaints({ settings: elsewhere }, present)).toEqual({ 'secrets.authToken': words, 'secrets.apiKeySecret': words });
    expect(complaints({ settings: elsewhere, secrets: { authToken: 'x' } }, present)).toEqual({ 'secrets.apiKeySecret': words });
    expect(complaints({ settings: elsewhere, secrets: { authToken: 'x', apiKeySecret: null } }, present)).toEqual({});
    expect(complaints({ settings: { apiUrl: 'https://api.example.com/behind/a/proxy' } }, present)).toEqual({});
    const elsewhereBefore = { ...present, settings: { ...present.settings, ...elsewhere } };
    expect(complaints({ settings: { apiUrl: null } }, elsewhereBefore)).toEqual({
      'secrets.authToken': words,
      'secrets.apiKeySecret': words,
    });
  });

  it('secrets go to another host only when they are given again, and to none without', () => {
    const schema: readonly FieldSpec[] = [
      { name: 'smtpHost', type: 'host', required: true, label: 'Host', help: 'h' },
      { name: 'imapHost', type: 'host', label: 'Host', help: 'h' },
      { name: 'password', type: 'string', secret: true, label: 'Password', help: 'h' },
    ];
    const present = { settings: { smtpHost: 'smtp.example.com', imapHost: null }, secretNames: ['password'] };
    const problems = (given: GivenFields, before = present) =>
      readFields(schema, given, before, RULES).problems.map(({ field, message }) => `${field} ${message}`);
    const words = (name: string) => [`secrets.password must be given again with another settings.${name}`];
    expect(problems({ settings: { smtpHost: 'evil.example.com' } })).toEqual(words('smtpHost'));
    expect(problems({ settings: { imapHost: 'evil.example.com' } })).toEqual(words('imapHost'));
    expect(problems({ settings: { smtpHost: 'evil.example.com' }, secrets: { password: 'x' } })).toEqual([]);
    expect(problems({ settings: { smtpHost: 'SMTP.example.com' } })).toEqual([]);
    const both = { ...present, settings: { smtpHost: 'smtp.example.com', imapHost: 'imap.example.com' } };
    expect(problems({ settings: { imapHost: null } }, both as unknown as typeof present)).toEqual([]);
    expect(problems({ settings: { smtpHost: '10.0.0.1' }, secrets: { password: 'x' } })).toEqual([
      'settings.smtpHost must not be an address in a private range',
    ]);
  });

  it('whatever is given: nothing is thrown, and every field that is wrong is named by its place', () => {
    const names = fc.oneof(fc.constantFrom(...SCHEMA.map(({ name }) => name), '__proto__', 'toString'), fc.string());
    const place = fc.oneof(fc.constant(undefined), fc.dictionary(names, fc.jsonValue()));
    fc.assert(
      fc.property(place, place, (settings, secrets) => {
        for (const schema of [SCHEMA, BRIDGE_FIELDS, []]) {
          const { problems, ...result } = readFields(schema, { settings, secrets }, NOTHING, RULES);
          const wrong = new Set(problems.map(({ field }) => field));
          const declared = (isSecret: boolean) =>
            schema.filter(({ secret = false }) => secret === isSecret).map(({ name }) => name);
          for (const [where, given] of Object.entries({ settings, secrets })) {
            const known = declared(where === 'secrets');
            for (const name of Object.keys(given ?? {})) if (!known.includes(name)) expect(wrong).toContain(`${where}.${name}`);
          }
          // What stands in the result is declared, and what was given is in it or named.
          expect(Object.keys(result.settings).sort()).toEqual(declared(false).sort());
          for (const name of declared(false)) {
            const value = settings && Object.hasOwn(settings, name) ? settings[name] : null;
            const isKept = typeof value === 'string' ? value.trim() === '' || result.settings[name] !== null : true;
            expect(isKept || wrong.has(`settings.${name}`)).toBe(true);
            if (typeof value === 'object' && value !== null) expect(wrong).toContain(`settings.${name}`);
          }
          for (const field of schema.filter(({ required }) => required)) {
            const kept = field.secret ? result.secrets[field.name] : result.settings[field.name];
            if (kept === null || kept === undefined)
              expect(wrong).toContain(`${field.secret ? 'secrets' : 'settings'}.${field.name}`);
          }
        }
      }),
    );
  });
});
