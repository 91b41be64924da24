import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type AddressFault, faultOfAddress, lookupPublic, type Reach } from './outbound-address.ts';

/** An address that may not be called, of whoever named it. */
export class OutboundError extends Error {
  readonly fault: AddressFault;

  constructor(fault: AddressFault) {
    super(`an address that may not be called (${fault})`);
    this.fault = fault;
  }
}

export type OutboundRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly reach: Reach;
  readonly signal: AbortSignal;
};

/** More than any document of a provider. */
const LONGEST_BYTES = 1_000_000;

/**
 * Calls an address that somebody named, where that is allowed, past any proxy. Follows no redirect and reads at most a megabyte.
 * @throws OutboundError for an address that may not be called; Error where no answer comes, or one that is too long.
 */
export async function callOut(
  url: string,
  { method, headers, body, reach, signal }: OutboundRequest,
): Promise<Response> {
  const fault = faultOfAddress(url, reach);
  if (fault) throw new OutboundError(fault);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = (url.startsWith('https:') ? requestHttps : requestHttp)(url, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
      agent: false,
      signal,
      ...(reach === 'public' && { lookup: lookupPublic }),
    });
    request.on('error', reject);
    request.on('response', resolve);
    request.end(body);
  });
  const { statusCode = 502, headers: answered } = answer;
  const bytes = await readBody(answer);
  const named = Object.entries(answered).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  return new Response([204, 205, 304].includes(statusCode) ? null : new Uint8Array(bytes), {
    status: statusCode,
    headers: named,
  });
}

async function readBody(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LONGEST_BYTES) throw new Error(`an answer of more than ${LONGEST_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
