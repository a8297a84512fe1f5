import type { TargetRules } from '../../accounts';
import type { Channels } from '../../channels';
import { type ValidationFailed } from '../../platform/errors';
import type { Line } from '../domain/line';
import { changedBy, fieldProblems } from './line-fields';

const line = { id: 'line', bridgeUrl: null, bridgePassword: null, deviceId: '', pace: null, channel: 'imessage' } as Line;
const own = { secrets: { seal: (text: string) => text }, channels: {} as Channels };

function refusal(bridgeUrl: string, rules: TargetRules): string | null {
  try {
    changedBy({ bridgeUrl }, line, { ...own, rules });
    return null;
  } catch (error) {
    const [detail] = (error as ValidationFailed).details!;
    expect(detail!.field).toBe('bridgeUrl');
    return detail!.message;
  }
}

describe('the URL of a bridge', () => {
  const [form, inside, https] = [/without a query/, /private range/, /must be an https URL/];
  const trial = { allowsPrivate: true, isProduction: false };
  const elsewhere = { allowsPrivate: false, isProduction: false };
  const production = { allowsPrivate: false, isProduction: true };
  const privateNet = { allowsPrivate: true, isProduction: true };

  it.each(['http://h/?', 'http://h/#', 'http://h?', 'http://h#', 'http://h/?x', 'http://h/x?#', 'ftp://h', 'h', 'http://u:p@h'])(
    'is not "%s"',
    (url) => {
      for (const rules of [trial, elsewhere, production, privateNet]) expect(refusal(url, rules)).toMatch(form);
    },
  );

  it.each([
    'http://127.0.0.1:1234',
    'https://10.0.0.1',
    'http://127.1',
    'http://[::1]',
    'https://[fd00::1]:1',
    'http://0xa000001',
  ])('is %s where private targets are allowed, and is refused at once elsewhere', (url) => {
    for (const rules of [trial, privateNet]) expect(refusal(url, rules)).toBeNull();
    for (const rules of [elsewhere, production]) expect(refusal(url, rules)).toMatch(inside);
  });

  it.each([
    ['https://bridge.example.com', null, null],
    ['https://1.1.1.1', null, null],
    ['http://bridge.example.com:1234', https, null],
    ['http://1.1.1.1', https, https],
    ['http://[2606:4700::1111]', https, https],
  ])('is not over http in production, but to a private net: %s', (url, inProduction, inPrivateNet) => {
    for (const rules of [trial, elsewhere]) expect(refusal(url, rules)).toBeNull();
    const expected = (pattern: RegExp | null) => (pattern ? expect.stringMatching(pattern) : null) as unknown;
    expect([refusal(url, production), refusal(url, privateNet)]).toEqual([expected(inProduction), expected(inPrivateNet)]);
  });

  it('is none where it is empty, as null is, and so are the other fields', () => {
    const known = {
      ...line,
      bridgeUrl: 'https://bridge.example.com',
      bridgePassword: 'sealed',
      phone: '+12025550143',
      email: 'a@b.co',
    };
    const empty = { bridgeUrl: '', phone: '', email: '' };
    const none = { bridgeUrl: null, phone: null, email: null };
    expect(changedBy(empty, known as Line, { ...own, rules: production })).toMatchObject(none);
    expect(changedBy({ bridgePassword: '' }, known as Line, { ...own, rules: production }).bridgePassword).toBeNull();
  });
});

describe('what a channel declares of lines', () => {
  const rules = { allowsPrivate: false, isProduction: true };
  const schema = [
    {
      name: 'phone',
      type: 'string' as const,
      required: true,
      label: 'Number',
      help: 'h',
      pattern: { source: '\\+1\\d{10}', words: 'must be a number of +1' },
    },
    { name: 'firstName', type: 'string' as const, label: 'Name', help: 'h', max: 5 },
  ];
  const problems = (more: Partial<Line>) => fieldProblems({ ...line, firstName: null, ...more }, schema, rules);

  it('is asked of their own fields, each of which is named', () => {
    expect(problems({ phone: '+12025550155', firstName: 'Ada', email: 'ada@example.com' })).toEqual([]);
    expect(problems({ phone: null, firstName: 'Augusta' })).toEqual([
      { field: 'phone', message: 'is needed' },
      { field: 'firstName', message: 'must be shorter than or equal to 5 characters' },
    ]);
    expect(problems({ phone: '+442025550155' })).toEqual([{ field: 'phone', message: 'must be a number of +1' }]);
    expect(fieldProblems(line, [], rules)).toEqual([]);
  });
});
