import { isDeepStrictEqual } from 'node:util';
import type { BillingSettingsOnWire } from '../../contract/billing-settings.ts';
import { accepted } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findBillingSettings, findMargin, saveBillingSettings, saveMargin } from './billing-settings.store.ts';
import { lockSettings } from './settings.store.ts';

type Margin = { readonly basisPoints: number };

/** How the bill is rounded, and the tax of each market. Refused: role. */
export async function showBillingSettings({ actor, database }: Call): Promise<Outcome<BillingSettingsOnWire>> {
  const allowed = checkRole(actor.roles, 'viewBills');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return accepted(await database.read(partnerId, (tx) => findBillingSettings(tx, partnerId)));
}

/** Replaces them. The same again changes nothing; what was billed and closed stays as it was. Refused: role. */
export async function changeBillingSettings(
  call: Call,
  wanted: BillingSettingsOnWire,
): Promise<Outcome<BillingSettingsOnWire>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'changeSettings');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<BillingSettingsOnWire>> => {
    await lockSettings(tx, partnerId);
    const before = await findBillingSettings(tx, partnerId);
    await saveBillingSettings(tx, partnerId, wanted);
    const after = await findBillingSettings(tx, partnerId);
    if (isDeepStrictEqual(before, after)) return accepted(after);
    await saveAudit(tx, [
      toAuditRow(call, {
        customerId: partnerId,
        action: 'settings.changed',
        subjectId: partnerId,
        details: { before, after },
      }),
    ]);
    return accepted(after);
  });
}

/** What the partner puts on its cost for a customer. Refused: role, unknown customer. */
export async function showMargin({ actor, database }: Call, customerId: string): Promise<Outcome<Margin>> {
  const allowed = checkRole(actor.roles, 'viewBills');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const basisPoints = await database.readOf(partnerId, customerId, (tx) => findMargin(tx, partnerId, customerId));
  return basisPoints === undefined ? notFound('customer', customerId) : accepted({ basisPoints });
}

/** Changes it, for what is not closed yet. The same again changes nothing. Refused: role, unknown customer. */
export async function changeMargin(call: Call, customerId: string, { basisPoints }: Margin): Promise<Outcome<Margin>> {
  const { actor, database } = call;
  const allowed = checkRole(actor.roles, 'manageCustomers');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.change(partnerId, customerId, async (tx): Promise<Outcome<Margin>> => {
    const before = await findMargin(tx, partnerId, customerId);
    if (before === undefined) return notFound('customer', customerId);
    if (before === basisPoints) return accepted({ basisPoints });
    await saveMargin(tx, partnerId, customerId, basisPoints);
    const details = { before: { margin: before }, after: { margin: basisPoints } };
    await saveAudit(tx, [
      toAuditRow(call, { customerId, action: 'customer.margin-changed', subjectId: customerId, details }),
    ]);
    return accepted({ basisPoints });
  });
}
