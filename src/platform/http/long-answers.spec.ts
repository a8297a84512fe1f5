import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ExecutionContext } from '@nestjs/common';
import { firstValueFrom, of } from 'rxjs';
import { LongAnswers } from './long-answers';

describe('answers that are long', () => {
  const answered = async (body: unknown, method = 'GET'): Promise<unknown> => {
    const http = { getRequest: () => ({ method }), getResponse: () => ({ type: () => undefined }) };
    const context = { switchToHttp: () => http } as unknown as ExecutionContext;
    return firstValueFrom(new LongAnswers().intercept(context, { handle: () => of(body) }));
  };
  const page = (rows: number, size: number) => ({
    leads: Array.from({ length: rows }, (_, n) => ({ n, at: new Date(n), nothing: undefined, text: 'é"'.repeat(size) })),
    empty: [],
    absent: undefined,
    gaps: [undefined, null, 1],
    pagination: { limit: rows, nextCursor: null },
  });

  it('are a stream of the same text as JSON.stringify makes', async () => {
    const long = await answered(page(200, 5_000));
    expect(long).toBeInstanceOf(Readable);
    expect(await text(long as Readable)).toBe(JSON.stringify(page(200, 5_000)));
  });

  it('give the event loop back between their pieces', async () => {
    const long = (await answered(page(200, 20_000))) as Readable;
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await text(long);
    isOver = true;
    expect(turns).toBeGreaterThan(20);
  });

  it('are that text at once where they are short', async () => {
    expect(await answered(page(20, 10))).toBe(JSON.stringify(page(20, 10)));
  });

  it.each([
    ['few rows', { leads: [1, 2], pagination: null }],
    ['no page', { _id: 'x' }],
    ['a list', Array(50).fill(1)],
    ['a text', 'text'],
    ['nothing', null],
  ])('are left alone: %s', async (_, body) => {
    expect(await answered(body)).toBe(body);
  });

  it('are left alone where they may have to be repeated', async () => {
    const body = page(50, 10);
    expect(await answered(body, 'POST')).toBe(body);
  });
});
