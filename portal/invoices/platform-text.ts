/** What a platform is called. */
export const PLATFORM_TEXT = {
  legacy: 'invoices.platform.legacy',
  newCommerce: 'invoices.platform.newCommerce',
} as const;
