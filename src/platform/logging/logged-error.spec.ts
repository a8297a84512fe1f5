import { MongoServerError } from 'mongodb';
import pino from 'pino';
import { loggedError } from './logged-error';

describe('loggedError', () => {
  const logged = (error: Error) => loggedError(pino.stdSerializers.err(error) as never);

  it('says what went wrong, and not whose key it was', () => {
    const message =
      'E11000 duplicate key error collection: t.leads index: phone_1 dup key: { phone: "+12065550100", email: "a}b@c.d" }';
    const error = new MongoServerError({ message, code: 11_000, keyValue: { phone: '+12065550100' } });
    Object.assign(error, { writeErrors: [{ err: { op: { phone: '+12065550100' } } }], result: { phone: '+12065550100' } });
    const shown = logged(error);
    expect(shown).toMatchObject({ type: 'MongoServerError', code: 11_000 });
    expect(shown.message).toBe('E11000 duplicate key error collection: t.leads index: phone_1 dup key: {…}');
    expect(JSON.stringify(shown)).not.toMatch(/12065550100|a}b@c/);
  });

  it('leaves other errors as they are', () => {
    const error = Object.assign(new Error('The list is gone'), { code: 'LIST_GONE', details: [{ field: 'listId' }] });
    expect(logged(error)).toMatchObject({
      type: 'Error',
      message: 'The list is gone',
      code: 'LIST_GONE',
      details: [{ field: 'listId' }],
    });
    expect(logged(error).stack).toContain('logged-error.spec.ts');
  });
});
