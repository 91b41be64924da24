import type { FastifyRequest } from 'fastify';

/** The token that a request carries in its Authorization header (RFC 6750). */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
