import { Readable } from 'node:stream';
import type { ChangeOnWire } from '../../contract/changes.ts';

/** What a reader may leave unread: it is cut off then, comes again, and asks for everything anew. */
const MOST_UNREAD_BYTES = 65_536;
/** How long a browser waits before it comes again (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
const COMES_AGAIN_MS = 3_000;

export type ChangeStream = {
  readonly body: Readable;
  readonly tell: (change: ChangeOnWire) => void;
  /** A sign of life that says nothing, so that no proxy takes the stream for dead. */
  readonly beat: () => void;
  readonly end: () => void;
};

/** Changes as server-sent events. */
export function openChangeStream(): ChangeStream {
  const body = new Readable({ read: () => undefined });
  const write = (text: string) => {
    if (body.readableEnded || body.destroyed) return;
    body.push(text);
    if (body.readableLength > MOST_UNREAD_BYTES) body.destroy();
  };
  write(`retry: ${COMES_AGAIN_MS}\n\n`);
  return {
    body,
    tell: (change) => write(`data: ${JSON.stringify(change)}\n\n`),
    beat: () => write(':\n\n'),
    end: () => void body.push(null),
  };
}
