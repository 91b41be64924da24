import { createHash } from 'node:crypto';
import type { Given } from './dialect.ts';

/** The same request always names the same act, so that a repeat is one act even when its first answer was lost. */
export function actIdOf({ call, requestId }: Given, subject: string): string {
  if (requestId === undefined) return call.newId();
  const text = [call.actor.partner.partnerId, subject, requestId.toLowerCase()].join(' ');
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
