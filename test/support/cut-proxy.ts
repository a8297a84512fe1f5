import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between the product and MongoDB, or another server, to cut them off at a chosen moment. */
export class CutProxy {
  private readonly pairs = new Set<[Socket, Socket]>();
  private server!: Server;
  private down = false;
  /** The command whose answer is to be lost, as it stands in a message. */
  private asked?: { name: string; stay: boolean };

  private constructor(private readonly target: URL) {}

  static async start(mongodbUri: string): Promise<CutProxy> {
    const proxy = new CutProxy(new URL(mongodbUri));
    proxy.server = createServer((near) => proxy.take(near));
    await new Promise<void>((done) => proxy.server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  /** The URI of the same database by way of the proxy. */
  uri(database: string): string {
    const uri = new URL(this.target);
    uri.hostname = '127.0.0.1';
    uri.port = String((this.server.address() as AddressInfo).port);
    uri.pathname = `/${database}`;
    uri.searchParams.set('directConnection', 'true');
    return uri.toString();
  }

  /** Ends all connections. @param stay lets no new ones in either, until `restore` */
  cut(stay: boolean): void {
    this.down = stay;
    for (const pair of this.pairs) pair.forEach((socket) => socket.destroy());
    this.pairs.clear();
  }

  /**
   * The server takes the next command of that name, but its answer is not passed on: all connections end
   * instead. Answers to anything else, such as the driver's heartbeats, still pass. @param stay as of `cut`
   */
  swallowAnswerTo(name: string, stay: boolean): void {
    this.asked = { name: `${name}\0`, stay };
  }

  restore(): void {
    this.down = false;
    this.asked = undefined;
  }

  stop(): void {
    this.cut(true);
    this.server.close();
  }

  private take(near: Socket): void {
    near.on('error', () => undefined);
    if (this.down) return void near.destroy();
    const far = connect(Number(this.target.port || 27_017), this.target.hostname);
    const pair: [Socket, Socket] = [near, far];
    this.pairs.add(pair);
    far.on('error', () => undefined);
    let lost: { stay: boolean } | undefined;
    far.on('data', (chunk) => {
      if (lost) this.cut(lost.stay);
      else near.write(chunk);
    });
    near.on('data', (chunk) => {
      if (this.asked && chunk.includes(this.asked.name)) {
        lost = this.asked;
        this.asked = undefined;
      }
      far.write(chunk);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }
}
