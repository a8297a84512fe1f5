import type { Queue } from 'bull';
import type { Config } from '../config';
import { Stopping } from '../stopping';
import { WorkQueues } from './work-queues';

const queueNamed = (name: string) => {
  const process = jest.fn(() => Promise.resolve());
  return { process, queue: { name, on: jest.fn(), process } as unknown as Queue };
};
const withRole = (APP_ROLE: Config['APP_ROLE']) => new WorkQueues({ APP_ROLE } as Config, new Stopping());
const handler = () => Promise.resolve();

describe('WorkQueues at the start', () => {
  test.each(['api', 'worker'] as const)('refuses a queue without a handler, and says what to add (%s)', (role) => {
    const queues = withRole(role);
    queues.declare(queueNamed('reports').queue);
    expect(() => queues.onApplicationBootstrap()).toThrow(/"reports" has no handler: call WorkQueues.handle\("reports", …\)/);
  });

  test('refuses a second handler, a queue declared twice, and a handler of no queue', () => {
    const queues = withRole('worker');
    queues.declare(queueNamed('reports').queue);
    queues.handle('reports', 1, handler);
    expect(() => queues.handle('reports', 1, handler)).toThrow('The queue "reports" has two handlers');
    expect(() => queues.declare(queueNamed('reports').queue)).toThrow('The queue "reports" is declared twice');
    expect(() => queues.handle('letters', 1, handler)).toThrow('There is no queue "letters"');
  });

  test.each([
    ['worker', 1],
    ['all', 1],
    ['api', 0],
  ] as const)('takes jobs as %s: %d time(s)', (role, times) => {
    const { queue, process } = queueNamed('reports');
    const queues = withRole(role);
    queues.declare(queue);
    queues.handle('reports', 7, handler);
    queues.onApplicationBootstrap();
    expect(process.mock.calls).toEqual(Array.from({ length: times }, () => [7, expect.any(Function)]));
  });
});
