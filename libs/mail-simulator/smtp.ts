import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Fault, FaultStage } from './faults';
import { magicOf } from './magic';
import type { World } from './world';

const MAX_BYTES = 40 * 1024 * 1024;

/** A refusal in the words of a server. */
class Refusal extends Error {
  readonly responseCode: number;
  constructor(reply: string) {
    super(reply.replace(/^\d{3}[ -]?/, ''));
    this.responseCode = Number(reply.slice(0, 3)) || 550;
  }
}

type Done = (error?: Error | null) => void;

/** The SMTP side: it takes mails, of whoever is logged in, or of anybody where nobody has to. */
export function smtpServer(world: World, { needsLogin }: { needsLogin: boolean }): SMTPServer {
  const server: SMTPServer = new SMTPServer({
    authOptional: !needsLogin,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    closeTimeout: 100,
    logger: false,
    onConnect: (session, done) => atStage('connect', null, session, done),
    onAuth({ username, password }, session, done) {
      const fault = world.faults.next('login');
      if (fault) return interfere(fault, session, (error) => done(error));
      const account = world.login(username ?? '', password ?? '');
      if (!account) return done(new Refusal('535 5.7.8 Error: authentication failed'));
      done(null, { user: account.user });
    },
    onMailFrom: (_address, session, done) => atStage('sender', null, session, done),
    onRcptTo({ address }, session, done) {
      const magic = magicOf(address);
      if (magic.kind === 'refuse') return done(new Refusal(magic.reply));
      atStage('recipient', address, session, done);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => void finish(Buffer.concat(chunks), session, done));
    },
  });
  server.on('error', () => undefined);

  /** @returns the connection of the session, to do to it what no server does */
  const socketOf = ({ id }: SMTPServerSession): Socket | undefined =>
    [...server.connections].find((one) => one.id === id)?._socket;

  function interfere(fault: Fault, session: SMTPServerSession, done: Done): void {
    const socket = socketOf(session);
    switch (fault.name) {
      case 'reply': {
        const reply = fault.reply ?? '451 4.3.0 Temporary failure';
        done(new Refusal(reply));
        if (reply.startsWith('421')) setTimeout(() => socket?.end(), 5).unref();
        return;
      }
      case 'fin':
        return void socket?.end();
      case 'rst':
        return void socket?.resetAndDestroy();
      case 'garbage':
        return void socket?.write('<html>502 Bad Gateway</html>\r\n');
      case 'silence':
    }
  }

  function atStage(stage: FaultStage, to: string | null, session: SMTPServerSession, done: Done): void {
    const fault = world.faults.next(stage, to);
    if (fault) interfere(fault, session, done);
    else done();
  }

  async function finish(raw: Buffer, session: SMTPServerSession, done: Done): Promise<void> {
    const { mailFrom, rcptTo } = session.envelope;
    const from = mailFrom ? mailFrom.address : '';
    if (world.latencyMs > 0) await sleep(world.latencyMs);
    const fault = world.faults.next('message', rcptTo[0]?.address ?? null);
    if (!fault || fault.taken) {
      for (const { address: to } of rcptTo) await world.take(raw, { from, to }, (session.user as string | undefined) ?? null);
    }
    if (fault) interfere(fault, session, done);
    else done();
  }

  return server;
}
