import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type AddressFault, faultOfAddress, lookupWithin, type WebhookReach } from '../http/outbound-address.ts';

/** The status that the receiver answered, or why there is none. */
export type Posted = { readonly code: number } | { readonly error: string };

const LONGEST_MS = 10_000;
const LONGEST_ERROR = 200;

/** Posts a body once and tells what came of it; follows no redirect and reads no answer beyond its status. Never throws. */
export async function postEvent(
  url: string,
  {
    body,
    headers,
    reach,
    signal,
  }: { body: Buffer; headers: Record<string, string>; reach: WebhookReach; signal: AbortSignal },
): Promise<Posted> {
  const fault = faultOfAddress(url, reach);
  if (fault) return { error: FAULTS[fault] };
  const limit = AbortSignal.timeout(LONGEST_MS);
  try {
    const { statusCode = 0 } = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (url.startsWith('https:') ? requestHttps : requestHttp)(url, {
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
        agent: false,
        signal: AbortSignal.any([signal, limit]),
        ...(reach !== 'trial' && { lookup: lookupWithin(reach) }),
      });
      request.on('error', reject);
      request.on('response', (response) => {
        // Read to its end, which the limit bounds, so that the receiver is not cut off in its answer.
        response.on('error', () => undefined).resume();
        resolve(response);
      });
      request.end(body);
    });
    return { code: statusCode };
  } catch (error) {
    const reason = limit.aborted ? `No answer came within ${LONGEST_MS / 1000} seconds.` : (error as Error).message;
    return { error: reason.slice(0, LONGEST_ERROR) };
  }
}

const FAULTS: Readonly<Record<AddressFault, string>> = {
  address: 'The address is not valid.',
  https: 'The address is not https.',
  public: 'The address is not public.',
};
