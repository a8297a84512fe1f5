import { EventEmitter } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { workspaceId } from '../../platform/ids';
import { CallTurnsHook } from './call-turns.hook';

const ANN = workspaceId('ann');

describe('turns of calls', () => {
  let hook: CallTurnsHook;
  let admitted: number;
  beforeEach(() => {
    jest.useFakeTimers();
    hook = new CallTurnsHook();
    admitted = 0;
  });
  afterEach(() => jest.useRealTimers());

  const call = (workspace = ANN) => {
    const request = { workspaceId: workspace } as FastifyRequest;
    const raw = Object.assign(new EventEmitter(), { closed: false, destroyed: false });
    const done = hook.preValidation(request, { raw } as unknown as FastifyReply).then(
      () => (admitted += 1),
      (error: Error) => error,
    );
    return { request, raw, done };
  };
  const settle = () => jest.advanceTimersByTimeAsync(0);

  it('are 25 of a workspace at a time; another workspace waits for none of them', async () => {
    const calls = Array.from({ length: 27 }, () => call());
    await settle();
    expect([admitted, hook.atWork(ANN)]).toEqual([25, 25]);
    call(workspaceId('bob'));
    await settle();
    expect(admitted).toBe(26);
    hook.onSend(calls[3]!.request);
    await settle();
    expect(admitted).toBe(27);
    calls[4]!.raw.emit('close');
    await settle();
    expect([admitted, hook.atWork(ANN)]).toEqual([28, 25]);
  });

  it('end once, however often they are ended', async () => {
    const [first] = Array.from({ length: 28 }, () => call());
    await settle();
    hook.onSend(first!.request);
    first!.raw.emit('close');
    await jest.advanceTimersByTimeAsync(1_000);
    expect([admitted, hook.atWork(ANN)]).toEqual([26, 25]);
  });

  it('end after two seconds, so that what waits for something else holds up nobody', async () => {
    Array.from({ length: 60 }, () => call());
    await jest.advanceTimersByTimeAsync(1_999);
    expect(admitted).toBe(25);
    await jest.advanceTimersByTimeAsync(1);
    expect(admitted).toBe(50);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(admitted).toBe(60);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(hook.atWork(ANN)).toBe(0);
  });

  it('leave no trace of callers who went while they waited', async () => {
    Array.from({ length: 25 }, () => call());
    const { raw } = call();
    raw.closed = true;
    await jest.advanceTimersByTimeAsync(2_000);
    expect(admitted).toBe(26);
    expect(hook.atWork(ANN)).toBe(0);
  });

  it('are refused where 500 wait already', async () => {
    const calls = Array.from({ length: 526 }, () => call());
    await settle();
    expect(await calls[525]!.done).toMatchObject({ code: 'RATE_LIMIT_EXCEEDED' });
  });
});
