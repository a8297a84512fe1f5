import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const TXT = 16;
const [NO_ERROR, SERVER_FAILURE, NO_SUCH_NAME] = [0, 2, 3];

/** What the server says of a name: its texts, that it has trouble, or nothing at all. */
type Said = readonly string[] | 'has-trouble' | 'is-silent';

/** A name server on this machine, by UDP (https://www.rfc-editor.org/rfc/rfc1035). It knows TXT records alone. */
export class NameServer {
  /** Names that were asked for, in order. */
  readonly asked: string[] = [];
  private names: Readonly<Record<string, Said>> = {};

  private constructor(private readonly socket: Socket) {
    socket.on('message', (question, { port, address }) => {
      const answer = this.answerTo(question);
      if (answer) socket.send(answer, port, address);
    });
  }

  static async start(): Promise<NameServer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new NameServer(socket);
  }

  get address(): string {
    const { address, port } = this.socket.address();
    return `${address}:${port}`;
  }

  /** Names that are not here are nowhere. */
  knows(names: Readonly<Record<string, Said>>): void {
    this.names = names;
    this.asked.length = 0;
  }

  async close(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }

  private answerTo(question: Buffer): Buffer | null {
    const { name, end } = nameIn(question);
    this.asked.push(name);
    const said = this.names[name];
    if (said === 'is-silent') return null;
    if (said === 'has-trouble') return answer(question, end, SERVER_FAILURE, []);
    return said ? answer(question, end, NO_ERROR, said) : answer(question, end, NO_SUCH_NAME, []);
  }
}

/** The name that is asked for, and where the question ends. */
function nameIn(question: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at]!; length > 0; length = question[at]!) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

function answer(question: Buffer, end: number, code: number, texts: readonly string[]): Buffer {
  const header = Buffer.alloc(12);
  question.copy(header, 0, 0, 2);
  // An answer of a server that asks others, to one question.
  header.writeUInt16BE(0x8180 | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(texts.length, 6);
  return Buffer.concat([header, question.subarray(12, end), ...texts.map(recordOf)]);
}

/** A text of more than 255 bytes goes in several parts. */
function recordOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  const parts = Array.from({ length: Math.ceil(bytes.length / 255) }, (_, index) => {
    const part = bytes.subarray(index * 255, (index + 1) * 255);
    return Buffer.concat([Buffer.from([part.length]), part]);
  });
  const data = Buffer.concat(parts);
  const head = Buffer.alloc(12);
  // The name is that of the question.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(TXT, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
