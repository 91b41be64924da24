import { describe, expect, it } from 'vitest';
import type { Catalog, Offer } from '../catalog/offer.ts';
import type { UpgradePath } from '../catalog/upgrade-path.ts';
import { withMatrices } from './offer-matrix.ts';

const offers = new Map(['a', 'b', 'c', 'd'].map((key) => [key, { offerId: key, key } as Offer]));
const path = (from: string, to: string, more: Partial<UpgradePath> = {}): UpgradePath => ({
  pathId: `${from}--${to}`,
  platform: 'legacy',
  fromOfferId: from,
  toOfferId: to,
  standing: 'listed',
  enabled: true,
  markets: null,
  sources: ['page'],
  note: null,
  ...more,
});
const paths = [
  path('a', 'b'),
  path('a', 'c', { standing: 'open', enabled: false }),
  path('a', 'd', { standing: 'refused', enabled: false }),
  path('b', 'c'),
];
const catalog = { offers, paths } as unknown as Catalog;

describe('the paths of a partner with an offer matrix', () => {
  const open = (given: Catalog) => given.paths.filter(({ enabled }) => enabled).map(({ pathId }) => pathId);

  it('are those of the matrix for the offers that it names, and the catalog’s for all others', () => {
    const pairs = [
      ['a', 'c'],
      ['a', 'd'],
      ['c', 'd'],
    ] as const;
    const given = withMatrices(catalog, [{ platform: 'legacy', offers: ['a', 'c'], pairs }]);
    expect(open(given)).toEqual(['a--c', 'b--c', 'c--d']);
    expect(given.paths.map(({ sources }) => sources)).toEqual([
      ['page'],
      ['page', 'offer-matrix'],
      ['page'],
      ['page'],
      ['offer-matrix'],
    ]);
  });

  it('are none of an offer that it names without a target, or that the catalog has lost', () => {
    const pairs = [['gone', 'a']] as const;
    expect(open(withMatrices(catalog, [{ platform: 'legacy', offers: ['a', 'gone'], pairs }]))).toEqual(['b--c']);
    expect(withMatrices(catalog, [])).toBe(catalog);
  });
});
