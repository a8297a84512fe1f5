import { hostIs } from '.';

describe('the host of a URL', () => {
  it.each([
    ['http://127.0.0.1:1', 'private'],
    ['http://127.1', 'private'],
    ['http://2130706433', 'private'],
    ['http://0x7f.1/x', 'private'],
    ['http://0', 'private'],
    ['https://[::1]:443', 'private'],
    ['https://[::ffff:10.0.0.1]', 'private'],
    ['http://127.0.0.1.', 'private'],
    ['http://①②⑦.⓪.⓪.①', 'private'],
    ['http://1.1.1.1', 'public'],
    ['http://[2606:4700::1111]', 'public'],
    ['http://localhost', 'name'],
    ['http://1.1.1.1.example.com', 'name'],
  ])('%s: %s', (url, is) => expect(hostIs(new URL(url))).toBe(is));
});
