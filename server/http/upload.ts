import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Lets a file be taken as it arrives; the answer can still be given where the rest of it is not wanted. */
export async function withUpload<Value>(
  { body, reply }: { readonly body: unknown; readonly reply: FastifyReply },
  take: (bytes: AsyncIterable<Uint8Array>) => Promise<Value>,
): Promise<Value> {
  const upload = body as IncomingMessage;
  const taken = await take(upload.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>);
  if (!upload.readableEnded) void reply.header('connection', 'close');
  return taken;
}
