import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';

export type NameServer = {
  /** As a setting names it. */
  readonly address: string;
  /** The TXT records by name, each in its parts. */
  readonly records: Map<string, readonly (readonly string[])[]>;
  /** Refuses to tell anything while it is so. */
  ill: boolean;
  close(): Promise<void>;
};

const [NO_SUCH_NAME, ILL] = [3, 2];

/** A name server on loopback that knows TXT records alone. */
export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4');
  const server = {
    address: '',
    records: new Map<string, readonly (readonly string[])[]>(),
    ill: false,
    async close() {
      socket.close();
      await once(socket, 'close');
    },
  };
  socket.on('message', (query: Buffer, { port, address }: RemoteInfo) => {
    const found = server.records.get(nameIn(query));
    const code = server.ill ? ILL : found ? 0 : NO_SUCH_NAME;
    socket.send(answerTo(query, code === 0 ? (found ?? []) : [], code), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return Object.assign(server, { address: `127.0.0.1:${socket.address().port}` });
}

/** The name that the one question asks for (RFC 1035, 4.1.2). */
function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12, length = query[at] ?? 0; length > 0; at += length + 1, length = query[at] ?? 0)
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
  return labels.join('.').toLowerCase();
}

/** The question again, and each record by a pointer to its name (RFC 1035, 4.1.4). */
function answerTo(query: Buffer, records: readonly (readonly string[])[], code: number): Buffer {
  const question = query.subarray(12, query.indexOf(0, 12) + 5);
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  const answers = records.map((parts) => {
    const data = Buffer.concat(parts.flatMap((part) => [Buffer.from([Buffer.byteLength(part)]), Buffer.from(part)]));
    const about = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0]);
    about.writeUInt16BE(data.length, 10);
    return Buffer.concat([about, data]);
  });
  return Buffer.concat([head, question, ...answers]);
}
