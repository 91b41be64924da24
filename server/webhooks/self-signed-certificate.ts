import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
/** sha256WithRSAEncryption without parameters (RFC 4055), and commonName (RFC 5280). */
const SHA256_WITH_RSA = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');

/**
 * A certificate of the first version (RFC 5280, 4.1) that an RSA key signs for itself, in DER. It begins long ago, because a sandbox's clock
 * may be ahead of a receiver's, and has no end, because nobody but who trusts this very certificate trusts it at all.
 */
export function selfSignedCertificate(privateKey: KeyObject, commonName: string): Buffer {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(commonName)))));
  const validity = der(
    SEQUENCE,
    der(UTC_TIME, Buffer.from('200101000000Z')),
    der(GENERALIZED_TIME, Buffer.from('99991231235959Z')),
  );
  const signed = der(SEQUENCE, serialOf(publicKey), SHA256_WITH_RSA, name, validity, name, publicKey);
  const signature = sign('RSA-SHA256', signed, privateKey);
  return der(SEQUENCE, signed, SHA256_WITH_RSA, der(BIT_STRING, Buffer.of(0), signature));
}

/** A positive number that no other key has. */
function serialOf(publicKey: Buffer): Buffer {
  const digest = createHash('sha256').update(publicKey).digest();
  return der(INTEGER, Buffer.of(0x40), digest.subarray(0, 15));
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}
