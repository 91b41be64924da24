import type { Catalog, Platform } from '../catalog/offer.ts';
import type { UpgradePath } from '../catalog/upgrade-path.ts';

/** What a partner's offer matrix says of a platform: of which offers it speaks, and what these can become. */
export type OfferMatrix = {
  readonly platform: Platform;
  readonly offers: readonly string[];
  readonly pairs: readonly (readonly [fromOfferId: string, toOfferId: string])[];
};

/** The source that a path has by an offer matrix; its words stand in contract/texts/catalog.*.json. */
export const OFFER_MATRIX = 'offer-matrix';

/**
 * The catalog with the paths that a partner's offer matrices give (R2). Of the offers that a matrix names, it alone says what they can become: other paths
 * of theirs are off, new ones are on. What is ruled out by name stays so, and of other offers the catalog's word holds; a switch of the partner's own
 * comes after both.
 */
export function withMatrices(catalog: Catalog, matrices: readonly OfferMatrix[]): Catalog {
  if (matrices.length === 0) return catalog;
  return { ...catalog, paths: matrices.reduce((paths, matrix) => pathsOf(catalog, paths, matrix), catalog.paths) };
}

function pathsOf({ offers }: Catalog, paths: readonly UpgradePath[], matrix: OfferMatrix): readonly UpgradePath[] {
  const named = new Set(matrix.offers);
  const pairs = new Map(matrix.pairs.map(([from, to]) => [`${from} ${to}`, { from, to }]));
  const known = paths.map((path) => {
    const pair = `${path.fromOfferId} ${path.toOfferId}`;
    const isGiven = pairs.delete(pair);
    if (path.standing === 'refused' || !named.has(path.fromOfferId)) return path;
    if (!isGiven) return { ...path, enabled: false };
    return { ...path, enabled: true, sources: [...new Set([...path.sources, OFFER_MATRIX])] };
  });
  const added = [...pairs.values()].flatMap(({ from, to }): UpgradePath[] => {
    const [source, target] = [offers.get(from), offers.get(to)];
    // The catalog of a later version may have lost an offer.
    if (!source || !target) return [];
    return [
      {
        pathId: `${source.key}--${target.key}`,
        platform: matrix.platform,
        fromOfferId: from,
        toOfferId: to,
        standing: 'listed',
        enabled: true,
        markets: null,
        sources: [OFFER_MATRIX],
        note: null,
      },
    ];
  });
  return [...known, ...added];
}
