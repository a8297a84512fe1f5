import { idsOnly } from './ids-only';

const job = (more: object) => ({ id: '1:2', name: '__default__', opts: { jobId: '1:2' }, data: {}, stacktrace: [], ...more });
const shown = (more: object) => (idsOnly({ status: 200, body: { job: job(more) } }).body as { job: object }).job;

describe('what is shown of jobs', () => {
  it('is what our jobs hold', () => {
    const data = { workspaceId: 'org_1', messageId: '0'.repeat(24), moves: 3, at: 1_700_000_000_000 };
    expect(shown({ data })).toMatchObject({ data });
    expect(shown({ data: { id: 'a'.repeat(24) } })).toMatchObject({ data: { id: 'a'.repeat(24) } });
  });

  it.each([
    [{ text: 'Hi Anna' }, { text: '(not shown)' }],
    [{ id: 'anna@example.com' }, { id: '(not shown)' }],
    [{ workspaceId: { id: 'x' } }, { workspaceId: '(not shown)' }],
    [{ messageId: '+12025550100' }, { messageId: '(not shown)' }],
    ['anna@example.com', {}],
    [null, {}],
    [undefined, {}],
  ])('is nothing else of %j', (data, expected) => {
    expect(shown({ data })).toMatchObject({ data: expected });
  });

  it('is neither what a failure said, nor what was returned', () => {
    const failed = shown({
      failedReason: 'no such person: anna@example.com',
      stacktrace: ['Error: anna@example.com\n at x'],
      returnValue: { sent: 'anna@example.com' },
      progress: { of: 'anna@example.com' },
    });
    expect(JSON.stringify(failed)).not.toContain('anna');
    expect(failed).toMatchObject({ failedReason: expect.stringContaining('the log'), stacktrace: ['(not shown)'] });
  });

  it('is the same in lists of jobs', () => {
    const answer = idsOnly({
      body: { queues: [{ name: 'send', counts: { active: 1 }, jobs: [job({ data: { text: 'Hi' } })] }] },
    });
    expect(answer.body).toEqual({
      queues: [{ name: 'send', counts: { active: 1 }, jobs: [expect.objectContaining({ data: { text: '(not shown)' } })] }],
    });
  });

  it('leaves answers alone that are about no job', () => {
    for (const body of ['text', { version: '7' }, { error: { key: 'X' } }])
      expect(idsOnly({ status: 404, body } as never)).toEqual({ status: 404, body });
  });
});
