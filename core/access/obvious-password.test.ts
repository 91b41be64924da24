import { describe, expect, it } from 'vitest';
import { isObviousPassword } from './obvious-password.ts';

const KNOWN = ['aylin.demir@kuzey.example', 'Aylin Demir', 'Kuzey Bulut Hizmetleri'];

describe('a password', () => {
  it.each([
    ['short', 'k7!pQ2x'],
    ['eleven characters', 'k7!pQ2xZ9wB'],
    ['one character again and again', 'aaaaaaaaaaaaaaaa'],
    ['three characters again and again', 'abcabcabcabcabc'],
    ['the row of digits', '123456789012'],
    ['rows of the keyboard', 'qwertyuiop123456'],
    ['a common word with a row', 'Password123456'],
    ['a common word in Turkish', 'Parola2026!!!!'],
    ['the address', 'aylin.demir@kuzey.example'],
    ['the name with a year', 'AylinDemir2026'],
    ['the partner with a year', 'kuzey-bulut-2026'],
    ['Turkish letters in capitals', 'KUZEY HİZMETLERİ 1'],
  ])('is too easy to guess: %s', (_case, password) => {
    expect(isObviousPassword(password, KNOWN)).toBe(true);
  });

  it.each([
    ['words that do not belong together', 'correct horse battery staple'],
    ['a sentence', 'vapurda simit yemek güzeldir'],
    ['no composition is asked for', 'gkzwpvbnxtrs'],
    ['a random one', 'x9!Lw#2rTq8&'],
    ['the name among much else', 'demir leblebi çiğneyen kaplumbağa'],
  ])('may be: %s', (_case, password) => {
    expect(isObviousPassword(password, KNOWN)).toBe(false);
  });
});
