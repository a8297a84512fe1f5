import { readProviderHost } from './provider-host';

const read = (given: string, allowsPrivate = false) => readProviderHost(given, { allowsPrivate });

describe('the host of a provider', () => {
  it.each([
    ['smtp.example.com', 'smtp.example.com'],
    ['SMTP.Example.COM.', 'smtp.example.com'],
    ['mail.bücher.example', 'mail.xn--bcher-kva.example'],
    ['relay', 'relay'],
    ['1.1.1.1', '1.1.1.1'],
    ['2606:4700::1111', '2606:4700::1111'],
    ['[2606:4700::1111]', '2606:4700::1111'],
  ])('%s is stored as %s', (given, host) => expect(read(given)).toEqual({ host }));

  it.each([
    'smtp.example.com:25',
    'smtp://smtp.example.com',
    'user@smtp.example.com',
    'a b',
    'a/b',
    'a\r\nb',
    '?',
    '.',
    'x'.repeat(254),
  ])('%j is none', (given) => expect(read(given)).toEqual({ problem: expect.stringContaining('must be the name') }));

  it.each(['127.0.0.1', '127.1', '2130706433', '0x7f.1', '10.0.0.1', '::1', '[::ffff:10.0.0.1]', '169.254.169.254', '①②⑦.⓪.⓪.①'])(
    '%s is in a private range',
    (given) => {
      expect(read(given)).toEqual({ problem: 'must not be an address in a private range' });
      expect(read(given, true)).toHaveProperty('host');
    },
  );
});
