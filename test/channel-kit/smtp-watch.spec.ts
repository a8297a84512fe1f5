import { GuardedSocket } from '../../src/channels/infrastructure/guarded-socket';
import { accountOf } from '../../src/channels/smtp/account';
import { watchMailbox } from '../../src/channels/smtp/watch';
import { eventually } from '../support/eventually';
import { testConfig } from './bluebubbles-rig';
import { SENDER, SmtpRig, USER } from './smtp-rig';

describe('waiting for mails', () => {
  let rig: SmtpRig;
  let controller: AbortController;

  beforeEach(async () => {
    rig = await SmtpRig.start();
    controller = new AbortController();
  });
  afterEach(async () => {
    controller.abort();
    await rig.close();
  });

  const put = (n: number) =>
    rig.simulator.put(SENDER, Buffer.from(`From: a@x.example\r\nTo: ${SENDER}\r\nMessage-ID: <${n}@x.example>\r\n\r\nYes\r\n`));
  const watching = (of = rig) => of.simulator.mailbox(USER).watching;
  /** Watches, and counts what it is told. */
  function watch(line = rig.line, of = rig) {
    const told = { times: 0 };
    const end = of.channel.watch(line, () => void (told.times += 1), controller.signal);
    return { told, end };
  }
  /** As the adapter does, with shorter times. */
  function watchImpatiently(checkEvery: number, within: number) {
    const config = testConfig();
    const account = accountOf(rig.line, true);
    if (typeof account === 'string') throw new Error(account);
    const access = { server: account.imap!, guardedSocket: new GuardedSocket(config), within, checkEvery };
    return watchMailbox(access, () => undefined, controller.signal);
  }

  it('tells once that it has begun, and then of each mail, by IDLE', async () => {
    const { told, end } = watch();
    await eventually(async () => watching() === 1);
    expect(told.times).toBe(1);
    for (const n of [1, 2, 3]) {
      put(n);
      await eventually(async () => told.times === n + 1);
    }
    controller.abort();
    expect(await end).toBe('lost');
    await eventually(async () => watching() === 0);
  });

  it('is over when the connection drops', async () => {
    const { end } = watch();
    await eventually(async () => watching() === 1);
    rig.simulator.dropImap();
    expect(await end).toBe('lost');
  });

  it('is over when the server is there and says nothing, which is asked for', async () => {
    const end = watchImpatiently(300, 300);
    await eventually(async () => watching() === 1);
    rig.simulator.freezeImap(true);
    expect(await end).toBe('lost');
  });

  it('goes on for as long as a quiet server answers when it is asked', async () => {
    const begun = jest.spyOn(rig.simulator.mailbox(USER), 'watch');
    let isOver = false;
    const end = watchImpatiently(50, 2_000).finally(() => (isOver = true));
    await eventually(async () => begun.mock.calls.length >= 4);
    expect(isOver).toBe(false);
    controller.abort();
    await end;
  });

  it('is over in time where a server takes the connection and never greets', async () => {
    rig.simulator.freezeImap(true);
    expect(await watchImpatiently(10_000, 300)).toBe('lost');
  });

  it('is over at once when it is given up while the server does not greet', async () => {
    rig.simulator.freezeImap(true);
    const { end, told } = watch();
    controller.abort();
    expect(await end).toBe('lost');
    expect(told.times).toBe(0);
  });

  it('is over where nobody is let in', async () => {
    expect(await watch(rig.lineWith({ imapUser: 'sales' }, { imapPassword: 'wrong' })).end).toBe('lost');
    await rig.simulator.stop();
    expect(await watch().end).toBe('lost');
  });

  it('is nothing for a server without IDLE, an account without a mailbox, or one that lacks something', async () => {
    const without = await SmtpRig.start({ idle: false });
    const { end, told } = watch(without.line, without);
    expect([await end, told.times]).toEqual(['unavailable', 0]);
    await without.close();
    expect(await watch(rig.lineWith({ imapHost: null })).end).toBe('unavailable');
    expect(await watch(rig.lineWith({ smtpHost: null })).end).toBe('unavailable');
  });

  it('goes to no private address where such are not allowed', async () => {
    const guarded = await SmtpRig.start({}, { ALLOW_PRIVATE_TARGETS: 'false' });
    const told: number[] = [];
    expect(await guarded.channel.watch(guarded.line, () => void told.push(1), controller.signal)).toBe('lost');
    expect(told).toEqual([]);
    await guarded.close();
  });
});
