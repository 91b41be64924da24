/** The fixed ids of the demo world, so that anybody can script against it. */
export const PARTNERS = {
  kuzey: 'a1000000-0000-4000-8000-000000000001',
  dakshin: 'a1000000-0000-4000-8000-000000000002',
  westwind: 'a1000000-0000-4000-8000-000000000003',
} as const;

/** Offers by their public ids, legacy ones and those of new commerce; those that begin with e1 have none and are made up. */
export const OFFERS = {
  appsBusiness: '5c9fd4cc-edce-44a8-8e91-07df09744609',
  businessBasic: 'bd938f12-058f-4927-bba3-ae36b1d2501c',
  businessStandard: '031c9e47-4802-4248-838e-778fb1d2cc05',
  businessPremium: '61795cab-2abd-43f6-88e9-c9adae5746e0',
  appsEnterprise: 'be57ff4c-100c-4f1f-b82d-f1c5ab63a665',
  o365E1: '91fd106f-4b2c-4938-95ac-f54f74e9a239',
  o365E3: '796b6b5f-613c-4e24-a17c-eba730d49c02',
  o365E5: 'a044b16a-1861-4308-8086-a3a3b506fac2',
  appsBusinessIndia: 'e1000000-0000-4000-8000-000000000001',
  businessBasicIndia: 'e1000000-0000-4000-8000-000000000002',
  businessStandardIndia: 'e1000000-0000-4000-8000-000000000003',
  archivingAddOn: 'e1000000-0000-4000-8000-000000000004',
  sahaFormlari: 'e1000000-0000-4000-8000-000000000005',
  businessBasicTrial: 'e1000000-0000-4000-8000-000000000006',
  nceBusinessBasic: 'cfq7ttc0lh18:0001',
  nceBusinessStandard: 'cfq7ttc0ldpb:0001',
  nceO365E1: 'cfq7ttc0lf8q:0001',
  nceO365E3: 'cfq7ttc0lf8r:0001',
} as const;

export function customerId(customer: number): string {
  return `c1000000-0000-4000-8000-0000000000${twoDigits(customer)}`;
}

/** A customer's first, second or third subscription. */
export function subscriptionId(customer: number, which = 1): string {
  return `d${which}000000-0000-4000-8000-0000000000${twoDigits(customer)}`;
}

export function userId(customer: number, user: number): string {
  return `f1000000-0000-4000-80${twoDigits(customer)}-0000000000${twoDigits(user)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
