import { QUICK_TIMES, REAL_TIMES, type Simulator } from '../index';
import { command, start } from './simulator';

describe('the controls of the simulator', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await start({
      bridges: [{ password: 'one' }, { password: 'two', controls: { holdMs: 50 } }],
    });
    simulator.openChat({ addresses: ['+12025550101'] });
  });
  afterEach(() => simulator.stop());

  describe('controls', () => {
    const healthy = {
      latencyMs: 0,
      errorRate: 0,
      down: false,
      hangAfterSendRate: 0,
      holdMs: QUICK_TIMES.responseMs,
      echoes: true,
      receipts: true,
      helper: 'ok',
      helperMs: QUICK_TIMES.helperMs,
      helperGapMs: QUICK_TIMES.helperGapMs,
      privateApi: true,
      macos: 15,
      guidFallback: false,
      countryCode: '1',
      clockOffsetMs: 0,
      passwordChanged: false,
      deaf: false,
      eventLossRate: 0,
      eventDelayMs: 0,
      proxy: null,
      faults: [],
    };

    it('are healthy at first, and again after a reset', async () => {
      const { body } = await command(simulator, 'control');
      expect(body).toEqual([
        { bridge: 0, controls: healthy },
        { bridge: 1, controls: { ...healthy, holdMs: 50 } },
      ]);
      const faults = [{ name: 'hang', times: 3 }];
      await command(simulator, 'control', { latencyMs: 5, errorRate: 1, down: true, proxy: { page: 'cut' }, faults, macos: 26 });
      expect((await command(simulator, 'control', { reset: true })).body).toEqual(body);
      const changed = await command(simulator, 'control', { reset: true, latencyMs: 9 });
      expect(changed.body).toMatchObject([
        { controls: { ...healthy, latencyMs: 9 } },
        { controls: { holdMs: 50, latencyMs: 9 } },
      ]);
    });

    it('are changed for one bridge, by password or number', async () => {
      await command(simulator, 'control', { password: 'two', latencyMs: 5 });
      await command(simulator, 'control', { bridge: 0, errorRate: 1 });
      expect(simulator.controls()).toMatchObject([
        { bridge: 0, controls: { latencyMs: 0, errorRate: 1 } },
        { bridge: 1, controls: { latencyMs: 5, errorRate: 0 } },
      ]);
    });

    it.each([
      [{ latencyMs: -1 }, /latencyMs/],
      [{ latencyMs: '5' }, /latencyMs/],
      [{ errorRate: 1.1 }, /errorRate/],
      [{ down: 1 }, /down/],
      [{ helper: false }, /helper must be one of ok, away, silent, facetime/],
      [{ macos: '26' }, /macos/],
      [{ countryCode: '+1' }, /countryCode/],
      [{ proxy: { page: 'nice' } }, /proxy/],
      [{ proxy: { after: true } }, /proxy/],
      [{ faults: [{ name: 'nothing' }] }, /faults/],
      [{ faults: [{ name: 'hang', often: 2 }] }, /faults/],
      [{ faults: {} }, /faults/],
      [{ reset: 'yes' }, /reset/],
      [{ speed: 3 }, /There is no control .+speed/],
      [{ strictChats: true }, /There is no control .+strictChats/],
      [{ constructor: 3 }, /There is no control .+constructor/],
      [{ password: 'three' }, /no such bridge/],
      [{ bridge: 2 }, /no such bridge/],
    ])('refuse %j', async (body, words) => {
      const before = simulator.controls();
      const answer = await command(simulator, 'control', body);
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringMatching(words)]);
      expect(simulator.controls()).toEqual(before);
    });

    it.each([
      ['reply', { text: 'x' }, 400],
      ['reply', { address: 'x' }, 400],
      ['reply', { address: 'x', text: 'x', deliveries: -1 }, 400],
      ['reply', { address: 'x', text: 'x', password: 'three' }, 400],
      ['inbound', { text: 'x' }, 400],
      ['inbound', { address: 'x', colour: 'red' }, 400],
      ['inbound', { address: 'x', itemType: 'one' }, 400],
      ['inbound', { address: 'x', group: 'iMessage;+;chat1' }, 400],
      ['inbound', { rows: [{ address: 'x' }, 5] }, 400],
      ['receipt', { delivered: true }, 400],
      ['receipt', { guid: 'x', delivered: 1 }, 400],
      ['receipt', { guid: 'x', delivered: true }, 404],
      ['send-error', { guid: 'x' }, 404],
      ['send-error', { guid: 'x', error: 0 }, 400],
      ['send-error', { guid: 'x', event: 'loud' }, 400],
      ['chat', { addresses: [] }, 400],
      ['restart', { soft: 1 }, 400],
      ['event', { data: null }, 400],
      ['nothing', {}, 404],
    ])('a wrong /%s %j is answered with %d', async (path, body, status) => {
      const before = simulator.ledger().length;
      expect((await command(simulator, path, body)).status).toBe(status);
      expect(simulator.ledger()).toHaveLength(before);
    });
  });

  it('the two sets of times have the same names and order', () => {
    expect(Object.keys(QUICK_TIMES).sort()).toEqual(Object.keys(REAL_TIMES).sort());
    for (const times of [QUICK_TIMES, REAL_TIMES]) {
      const { helperMs, chatLookupMs, rowLookupMs, transactionMs, sendPromiseMs, responseMs } = times;
      expect([helperMs, chatLookupMs, rowLookupMs, transactionMs]).toEqual(
        [transactionMs, rowLookupMs, chatLookupMs, helperMs].sort((one, other) => one - other),
      );
      expect(Math.max(transactionMs, sendPromiseMs)).toBeLessThan(responseMs);
    }
  });
});
