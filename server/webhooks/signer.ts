import { generateKeyPair, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Context } from '../context.ts';
import { findWebhookKey, saveWebhookKey, type WebhookKey } from './key.store.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

const KEY_BITS = 2048;

/** Signs what partners are told, with the deployment's one key; it is made when it is first needed. */
export type Signer = {
  /** In DER. */
  certificate(): Promise<Buffer>;
  /** RSA-SHA256 over the bytes, in Base64. */
  sign(bytes: Buffer): Promise<string>;
};

export function createSigner({ database }: Pick<Context, 'database'>): Signer {
  let known: Promise<WebhookKey> | undefined;
  const keyOf = () => {
    known ??= loadKey().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    certificate: async () => (await keyOf()).certificate,
    sign: async (bytes) => sign('RSA-SHA256', bytes, (await keyOf()).privateKey).toString('base64'),
  };

  async function loadKey(): Promise<WebhookKey> {
    const stored = await database.asSystem(findWebhookKey);
    if (stored) return stored;
    const made = await makeKey();
    await database.asSystem((tx) => saveWebhookKey(tx, made));
    const saved = await database.asSystem(findWebhookKey);
    if (!saved) throw new RangeError('no key for webhooks although one was saved');
    return saved;
  }
}

async function makeKey(): Promise<WebhookKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: KEY_BITS });
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    certificate: selfSignedCertificate(privateKey, 'Yükselt webhooks'),
  };
}
