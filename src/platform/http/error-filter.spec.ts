import type { FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { ErrorFilter, sizeInWords } from './error-filter';

test('says the limit of a body as it is configured', () => {
  const filter = new ErrorFilter({ BODY_LIMIT_BYTES: 5_000_000 } as Config);
  const tooLarge = Object.assign(new Error(), { code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 });
  expect(filter.answer(tooLarge, {} as FastifyRequest)).toEqual({
    status: 413,
    body: { error: 'The body is larger than 5 MB', code: 'BODY_TOO_LARGE' },
  });
});

test.each([
  [20_000_000, '20 MB'],
  [1_999_999, '1.9 MB'],
  [999_999, '999.9 kB'],
  [1_000, '1 kB'],
])('%d bytes are %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words);
});
