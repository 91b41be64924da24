import type { Client } from '../contract/client.ts';
import { valueOf } from './deployment.ts';

/** What one offer costs, as a list says it. */
type Listed = {
  readonly offerId: string;
  readonly termDuration: string;
  readonly billingCycle: string;
  readonly amount: string;
};
type Cells = string[][];

/** What an agent’s partner goes by today on a platform. */
export async function pricesInForce(api: Client, platform: 'legacy' | 'newCommerce'): Promise<Listed[]> {
  const { items } = valueOf(await api('listPrices', { query: { platform, valid: 'today' } }));
  return items
    .map(({ offerId, termDuration, billingCycle, price: { amount } }) => ({
      offerId,
      termDuration,
      billingCycle,
      amount,
    }))
    .toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
}

function keyOf({ offerId, billingCycle }: Listed): string {
  return `${offerId} ${billingCycle}`;
}

/** The same prices with others for some offers. */
export function withPrices(prices: readonly Listed[], changed: Readonly<Record<string, string>>): Listed[] {
  return prices.map((one) => ({ ...one, amount: changed[one.offerId] ?? one.amount }));
}

/** A list with one price, for a market that the demo sells nothing in. */
export const ONE_PRICE =
  'ProductId,SkuId,TermDuration,BillingPlan,Market,Currency,UnitPrice\nCFQ7TTC0LH18,0001,P1Y,Annual,NZ,USD,60';

const LEGACY = [
  'A/C/D/U',
  'Valid From Date',
  'Valid To Date',
  'Offer Display Name',
  'Offer ID',
  'License Agreement Type',
  'Purchase Unit',
  'Secondary License Type',
  'End Customer Type',
  'List Price',
  'ERP Price',
  'Material',
];

/** A license-based price list as a partner downloads it, a line for each offer, with other prices for some. */
export function legacyList(prices: readonly Listed[], changed: Readonly<Record<string, string>> = {}): Cells {
  const offers = prices.filter(({ offerId }, at) => prices.findIndex((one) => one.offerId === offerId) === at);
  const rows = offers.map(({ offerId, amount }) => {
    const kind = ['Corporate', '1 Month(s)', 'NON-SPECIFIC', 'Cloud Reseller Corporate'];
    return [
      'UNC',
      '2021-08-01',
      '9999-12-31',
      'An offer',
      offerId,
      ...kind,
      changed[offerId] ?? amount,
      '99.00',
      'AAA-00001',
    ];
  });
  return [LEGACY, ...rows];
}

const NEW_COMMERCE = [
  'ProductTitle',
  'ProductId',
  'SkuId',
  'SkuTitle',
  'Publisher',
  'SkuDescription',
  'UnitOfMeasure',
  'TermDuration',
  'BillingPlan',
  'Market',
  'Currency',
  'UnitPrice',
  'PricingTierRangeMin',
  'PricingTierRangeMax',
  'EffectiveStartDate',
  'EffectiveEndDate',
  'Tags',
  'ERP Price',
  'Segment',
];

export type ProductRow = {
  readonly sku?: string;
  readonly product?: string;
  readonly term?: string;
  readonly plan?: string;
  readonly market?: string;
  readonly currency?: string;
  readonly price?: string;
  readonly from?: string;
  readonly until?: string;
  readonly segment?: string;
};

/** A new commerce price list; what a row does not say is that of a year of Business Basic in Türkiye, billed at once. */
export function productList(rows: readonly ProductRow[]): Cells {
  return [
    NEW_COMMERCE,
    ...rows.map((row) => {
      const [product, sku] = [row.product ?? 'CFQ7TTC0LH18', row.sku ?? '0001'];
      const sold = [
        row.term ?? 'P1Y',
        row.plan ?? 'Annual',
        row.market ?? 'TR',
        row.currency ?? 'USD',
        row.price ?? '57.60',
      ];
      const days = [row.from ?? '2022-03-01T00:00:00Z', row.until ?? '9999-11-30T23:59:59Z'];
      return [
        'Title',
        product,
        sku,
        'Sku title',
        'Microsoft',
        'text',
        '',
        ...sold,
        '',
        '',
        ...days,
        'License',
        '72.00',
        row.segment ?? 'Commercial',
      ];
    }),
  ];
}
