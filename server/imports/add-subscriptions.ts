import type { SubscriptionFact } from '../../core/imports/record.ts';
import { utcDay } from '../../core/values/period.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import type { Transaction } from '../postgres/database.ts';
import { saveSubscriptions } from '../sandbox/seed-subscriptions.store.ts';
import type { KnownCustomer } from './known-customer.store.ts';
import { billedElsewhere } from './record.store.ts';

type Of = {
  readonly customer: KnownCustomer;
  readonly importId: string;
  readonly listPrices: ReadonlyMap<string, string | null>;
};

/**
 * Writes subscriptions as they stand, in the middle of their terms. What the running charge cycle was billed is written too, because credits are reckoned
 * from it; it was billed elsewhere, and stands in no invoice of ours.
 */
export async function addSubscriptions(
  tx: Transaction,
  call: Call,
  { customer: { customerId, country }, importId, listPrices }: Of,
  facts: readonly SubscriptionFact[],
): Promise<void> {
  if (facts.length === 0) return;
  const { actor, clock, newId } = call;
  const now = clock.now();
  const subscriptions = facts.map(({ nickname, startsOn, endsOn, unitPrice, ...fact }) => ({
    ...fact,
    partnerId: actor.partner.partnerId,
    channel: 'csp' as const,
    purchasedOn: Temporal.PlainDate.from(startsOn),
    termEndsOn: endsOn === undefined ? undefined : Temporal.PlainDate.from(endsOn),
    unitPrice: unitPrice ?? listPrices.get(fact.subscriptionId) ?? undefined,
    provisioning: 'success' as const,
    friendlyName: nickname,
  }));
  await billedElsewhere(tx, () =>
    saveSubscriptions(tx, [{ customerId, country, subscriptions }], { now, newId, linesFrom: utcDay(now) }),
  );
  await saveAudit(
    tx,
    facts.map(({ subscriptionId, nickname: _, ...after }) =>
      toAuditRow(call, {
        customerId,
        action: 'subscription.imported',
        subjectId: subscriptionId,
        details: { after, importId },
        changed: [subscriptionId],
      }),
    ),
  );
}
