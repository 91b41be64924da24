import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type Received = { readonly headers: IncomingHttpHeaders; readonly bytes: Buffer; readonly event: EventReceived };
export type EventReceived = Readonly<Record<'EventName' | 'ResourceUri' | 'ResourceName' | 'AuditUri', string>>;

export type Receiver = {
  readonly url: string;
  readonly received: Received[];
  /** How the next requests are answered, one each; 200 when there are no more. */
  readonly answers: ((response: ServerResponse) => void)[];
  close(): Promise<void>;
};

/** A partner's own server, which keeps what it is sent. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Receiver['answers'] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      received.push({ headers: request.headers, bytes, event: JSON.parse(bytes.toString()) as EventReceived });
      (answers.shift() ?? answerWith(200))(response);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function answerWith(status: number, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => void response.writeHead(status, headers).end('{}');
}
