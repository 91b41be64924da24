import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldForSearch } from './fold.ts';

const turkishName = fc
  .array(fc.constantFrom(...Array.from('abcçdefgğhıijklmnoöprsştuüvyzABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ ')), {
    maxLength: 20,
  })
  .map((letters) => letters.join(''));

describe('a search that knows Turkish', () => {
  it.each(['ığdır', 'IĞDIR', 'Iğdır', 'İĞDİR', 'igdir', 'IGDIR', 'iğdir'])('finds Iğdır under %s', (typed) => {
    expect(foldForSearch(typed)).toBe('igdir');
  });

  it.each(['İZMİR', 'İzmir', 'izmir', 'IZMIR', 'ızmır'])('finds İzmir under %s', (typed) => {
    expect(foldForSearch(typed)).toBe('izmir');
  });

  it('lets every other mark of the alphabet go', () => {
    expect(foldForSearch('ÇĞÖŞÜ çğöşü')).toBe('cgosu cgosu');
  });

  it('takes a letter and its mark written apart as one', () => {
    expect(foldForSearch('I\u0307ZMI\u0307R g\u0306')).toBe('izmir g');
  });

  it('counts several spaces as one and none at the ends', () => {
    expect(foldForSearch('  İzmir \t Tekstil\n')).toBe('izmir tekstil');
  });

  it('finds a name in capitals and in small letters of Turkish and of English alike', () => {
    fc.assert(
      fc.property(turkishName, (name) => {
        const folded = foldForSearch(name);
        expect(foldForSearch(name.toLocaleUpperCase('tr'))).toBe(folded);
        expect(foldForSearch(name.toLocaleLowerCase('tr'))).toBe(folded);
        expect(foldForSearch(name.toUpperCase())).toBe(folded);
        expect(foldForSearch(name.toLowerCase())).toBe(folded);
      }),
    );
  });

  it('changes nothing more when a text is folded twice', () => {
    fc.assert(
      fc.property(fc.oneof(turkishName, fc.string()), (text) => {
        const folded = foldForSearch(text);
        expect(foldForSearch(folded)).toBe(folded);
      }),
    );
  });
});
