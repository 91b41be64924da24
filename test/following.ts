import type { ChangeOnWire } from '../contract/changes.ts';

/** Somebody who follows changes. */
export type Following = {
  readonly response: Response;
  /** The next change that is told; undefined: the stream has ended. */
  next(): Promise<ChangeOnWire | undefined>;
  /** Goes away. */
  leave(): Promise<void>;
};

/** Follows changes as a browser does; from when this resolves on, everything is told. */
export async function follow(url: string, token: string): Promise<Following> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/api/changes`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal: leaving.signal,
  });
  const changes = changesOf(response);
  return {
    response,
    next: async () => (await changes.next().catch(() => undefined))?.value ?? undefined,
    async leave() {
      leaving.abort();
      await changes.return(undefined).catch(() => undefined);
    },
  };
}

async function* changesOf({ body }: Response): AsyncGenerator<ChangeOnWire, undefined> {
  let text = '';
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    const messages = (text + Buffer.from(part).toString()).split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      if (message.startsWith('data: ')) yield JSON.parse(message.slice(6)) as ChangeOnWire;
    }
  }
  return undefined;
}
