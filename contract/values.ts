import { z } from 'zod';

export const LANGUAGES = ['en', 'tr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A GUID; answers write it in lower case. */
export const id = z.guid().transform((text) => text.toLowerCase());
/** A UTC day, `2026-11-22`. */
export const day = z.iso.date();
/** A UTC moment, `2026-11-22T08:00:00Z`. */
export const moment = z.iso.datetime({ offset: true });
/** An ISO 3166 country code. */
export const country = z.string().regex(/^[A-Z]{2}$/);
export const currency = z.string().regex(/^[A-Z]{3}$/);
/** A signed decimal; never a float. */
export const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/);

export const money = z.object({ amount: decimal, currency });

export const subscriptionStatus = z.enum(['pending', 'active', 'suspended', 'expired', 'disabled', 'deleted']);
export const provisioningStatus = z.enum(['success', 'pending', 'failed']);
export const channel = z.enum(['csp', 'direct', 'open', 'ea', 'retail']);
export const billingCycle = z.enum(['monthly', 'annual']);
export const upgradeType = z.enum(['upgrade_with_license_transfer', 'upgrade_only']);
export const directoryRole = z.enum([
  'directoryReader',
  'globalReader',
  'directoryWriter',
  'licenseAdministrator',
  'userAdministrator',
]);
export const role = z.enum([
  'globalAdmin',
  'userManagementAdmin',
  'adminAgent',
  'salesAgent',
  'helpdeskAgent',
  'billingAdmin',
]);

/** The head of a page: what to pass as `cursor` for the next one; null on the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
