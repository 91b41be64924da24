import type { FastifyInstance } from 'fastify';
import type { Signer } from './signer.ts';

export const CERTIFICATE_PATH = '/webhooks/v1/certificate.cer';

/** The certificate that receivers verify signatures with, for anybody. */
export function certificateRoutes(app: FastifyInstance, signer: Signer): void {
  app.get(CERTIFICATE_PATH, async (_request, reply) =>
    reply.type('application/pkix-cert').send(await signer.certificate()),
  );
}
