/** Why a receiver could not be asked, or did not answer; `other`: for a reason of its own. */
export type NoAnswerCause =
  | 'refused'
  | 'name'
  | 'timeout'
  | 'broken-off'
  | 'unreachable'
  | 'certificate'
  | 'address'
  | 'other';

/** What Node and the server itself say, the first that fits. An expired certificate is one before it is anything else. */
const SAYINGS: readonly (readonly [NoAnswerCause, RegExp])[] = [
  ['address', /^The address is not|is not public$/],
  ['certificate', /certificate|CERT_|altnames|SSL|TLS|EPROTO/i],
  ['refused', /ECONNREFUSED/],
  ['name', /ENOTFOUND|EAI_AGAIN|ENODATA|has no address$/],
  ['timeout', /No answer came within|ETIMEDOUT/],
  ['unreachable', /EHOSTUNREACH|ENETUNREACH/],
  ['broken-off', /ECONNRESET|EPIPE|socket hang up/],
];

/** The cause behind the words of an attempt that got no answer, as they were kept. */
export function causeOfNoAnswer(error: string): NoAnswerCause {
  return SAYINGS.find(([, saying]) => saying.test(error))?.[0] ?? 'other';
}
