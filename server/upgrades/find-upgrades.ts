import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findQuote, type QuoteRecord } from './quote.store.ts';
import { findTransitions, findUpgrade, findUpgrades, type UpgradeRow } from './upgrade.store.ts';

/** A quote as it was given, and the upgrade it became. Refused: role, unknown quote. */
export async function showQuote(
  { actor, database }: Call,
  { customerId, quoteId }: { customerId: string; quoteId: string },
): Promise<Outcome<{ shown: QuoteRecord; upgrade_id: string | null }>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const quote = await database.readOf(partnerId, customerId, (tx) => findQuote(tx, partnerId, customerId, quoteId));
  return quote ? accepted(quote) : notFound('quote', quoteId);
}

/** One upgrade. Refused: role, unknown upgrade. */
export async function showUpgrade(
  { actor, database }: Call,
  { customerId, upgradeId }: { customerId: string; upgradeId: string },
): Promise<Outcome<UpgradeRow>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const row = await database.readOf(partnerId, customerId, (tx) => findUpgrade(tx, partnerId, customerId, upgradeId));
  return row ? accepted(row) : notFound('upgrade', upgradeId);
}

/** A customer's upgrades by this partner, newest first, page by page. Refused: role, unknown customer. */
export async function listUpgrades(
  { actor, database }: Call,
  customerId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Outcome<{ rows: UpgradeRow[]; nextCursor: string | null }>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const rows = await database.readOf(partnerId, customerId, (tx) =>
    findUpgrades(tx, partnerId, customerId, { limit: limit + 1, before: cursor }),
  );
  if (!rows) return notFound('customer', customerId);
  const nextCursor = rows.length > limit ? (rows[limit - 1]?.upgrade_id ?? null) : null;
  return accepted({ rows: rows.slice(0, limit), nextCursor });
}

/** What was done with one new commerce subscription, newest first; none where nobody knows it. Refused: role. */
export async function listTransitions(
  { actor, database }: Call,
  asked: { readonly customerId: string; readonly subscriptionId: string; readonly upgradeId?: string | undefined },
): Promise<Outcome<UpgradeRow[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.readOf(partnerId, asked.customerId, (tx) => findTransitions(tx, partnerId, asked)));
}
