import { describe, expect, it } from 'vitest';
import { findColumns } from './file-kind.ts';

describe('what a file is', () => {
  it('is told by its columns, in any order and in the letters of a Turkish keyboard', () => {
    const turkish = [
      'UNİTPRİCE',
      'currency',
      'MARKET',
      'Billing Plan',
      'termduration',
      'sku_id',
      'PRODUCTID',
      'ERP PRİCE',
    ];
    expect(findColumns([...turkish, 'Our note'])).toMatchObject({
      kind: 'newCommercePrices',
      places: { price: 0, currency: 1, market: 2, plan: 3, term: 4, skuId: 5, productId: 6 },
      unknown: ['Our note'],
    });
    expect(findColumns(['Can Convert To', 'Durable Offer ID'])).toMatchObject({ kind: 'legacyMatrix', unknown: [] });
  });

  it('is not guessed: what is missing or there twice is named', () => {
    expect(findColumns(['ProductId', 'SkuId', 'TermDuration', 'BillingPlan', 'Market', 'Currency'])).toEqual({
      name: 'columns-missing',
      kind: 'newCommercePrices',
      columns: ['UnitPrice'],
    });
    expect(findColumns(['Offer ID', 'List Price', 'list price'])).toEqual({
      name: 'columns-twice',
      columns: ['list price'],
    });
    expect(findColumns(['Name', 'Age'])).toEqual({ name: 'unknown-kind' });
  });
});
