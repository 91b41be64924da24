import { randomInt } from 'node:crypto';

/** Without characters that are easily taken for each other. */
const CHARACTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789#%+-=?@';
const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/];
const LENGTH = 16;

/**
 * A password for a person to type once: 16 characters, every kind among them
 * (https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy#password-policies-that-only-apply-to-cloud-user-accounts).
 */
export function makePassword(): string {
  for (;;) {
    const made = Array.from({ length: LENGTH }, () => CHARACTERS.charAt(randomInt(CHARACTERS.length))).join('');
    if (KINDS.every((kind) => kind.test(made))) return made;
  }
}
