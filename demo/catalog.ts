import type { CatalogAdditions } from '../server/catalog/load-catalog.ts';

/** What the demo world needs and no public catalog has; made up, and labelled so. */
export const DEMO_CATALOG: CatalogAdditions = {
  servicePlans: [
    {
      planName: 'SAHA_FORMLARI',
      planId: 'e3000000-0000-4000-8000-000000000005',
      name: 'Saha Formları (demo)',
      family: 'fieldForms',
      tier: 1,
      role: 'companion',
      dependsOn: 'OFFICEMOBILE_SUBSCRIPTION',
      reason: 'Made up, to show a product that depends on a service of another.',
      source: 'made-up',
    },
  ],
  offers: [
    demoOffer(
      'exchange-archiving',
      4,
      { en: 'Exchange Online Archiving (demo add-on)', tr: 'Exchange Online Arşivleme (demo eklentisi)' },
      'EXCHANGE_S_ARCHIVE_ADDON',
      true,
    ),
    demoOffer('saha-formlari', 5, { en: 'Saha Formları (demo)', tr: 'Saha Formları (demo)' }, 'SAHA_FORMLARI', false),
  ],
  products: [
    {
      productId: 'YUKSELTTRIAL',
      skuId: '0001',
      availabilityId: 'YUKSELT90001',
      offer: 'business-basic',
      terms: [{ duration: 'P1M', billingCycle: 'none' }],
      segment: 'commercial',
      source: 'made-up',
      termSource: 'made-up',
      availabilitySource: 'own-availability',
      trial: {
        offerId: 'e1000000-0000-4000-8000-000000000006',
        name: {
          en: 'Microsoft 365 Business Basic trial (demo id)',
          tr: 'Microsoft 365 İş Temel deneme (demo kimliği)',
        },
        seats: 25,
        days: 30,
        source: 'made-up',
      },
    },
  ],
  // The demo shows upgrades to the suites; who runs it decides otherwise by a setting.
  teamsSuitesClosed: false,
  prohibitedUsageLocations: { 'o365-e3': ['KZ'] },
};

function demoOffer(key: string, number: number, name: { en: string; tr: string }, plan: string, addOn: boolean) {
  return {
    key,
    offerId: `e1000000-0000-4000-8000-00000000000${number}`,
    platform: 'legacy' as const,
    name,
    skuId: `e2000000-0000-4000-8000-00000000000${number}`,
    skuPartNumber: `DEMO_${plan}`,
    seats: { min: 1, max: 10_000_000 },
    billingCycles: ['monthly' as const, 'annual' as const],
    markets: null,
    addOn,
    demoId: true,
    servicePlans: [plan],
    source: 'made-up',
    planSource: 'made-up',
    seatSource: 'made-up',
  };
}
