import type { FastifyRequest } from 'fastify';

/**
 * The address of the client, as the proxies that are trusted tell it; an IPv4 address that came by IPv6 is written as itself. Null: the client
 * has gone.
 */
export function addressOf(request: Pick<FastifyRequest, 'ip'>): string | null {
  // The framework's type does not know that a closed connection has none.
  const ip = request.ip as string | undefined;
  return ip?.replace(/^::ffff:(?=\d+\.)/i, '') ?? null;
}
