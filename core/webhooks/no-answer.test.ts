import { expect, it } from 'vitest';
import { causeOfNoAnswer } from './no-answer.ts';

it.each([
  ['connect ECONNREFUSED 127.0.0.1:7331', 'refused'],
  ['getaddrinfo ENOTFOUND hook.example', 'name'],
  ['getaddrinfo EAI_AGAIN hook.example', 'name'],
  ['No answer came within 10 seconds.', 'timeout'],
  ['connect ETIMEDOUT 192.0.2.1:443', 'timeout'],
  ['connect EHOSTUNREACH 192.0.2.1:443', 'unreachable'],
  ['socket hang up', 'broken-off'],
  ['read ECONNRESET', 'broken-off'],
  ['certificate has expired', 'certificate'],
  ['self-signed certificate in certificate chain', 'certificate'],
  ["Hostname/IP does not match certificate's altnames: Host: a.example. is not cert's CN: b.example", 'certificate'],
  ['The address is not public.', 'address'],
  ['crm.lan is not public', 'address'],
  ['crm.lan has no address', 'name'],
  ['Parse Error: Expected HTTP/', 'other'],
])('“%s” is told as %s', (error, cause) => {
  expect(causeOfNoAnswer(error)).toBe(cause);
});
