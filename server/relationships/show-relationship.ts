import { principalFamilies, getOffer } from '../../core/catalog/offer.ts';
import { type EndWarning, nextWarning, warningOfGrant } from '../../core/customers/privilege-ends.ts';
import { assessUses, type PrivilegeUse } from '../../core/customers/privilege-uses.ts';
import { accepted } from '../../core/values/result.ts';
import type { Call } from '../context.ts';
import { type Agreement, findAgreements } from '../customers/agreement.store.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findSubscriptions } from '../subscriptions/subscription.store.ts';
import { findRelationship, type RelationshipFacts, toGrants } from './relationship.store.ts';
import { findRequests, type RequestRow } from './request.store.ts';

export type Grant = ReturnType<typeof toGrants>[number] & { readonly warning: EndWarning | undefined };

export type ShownRelationship = {
  readonly facts: RelationshipFacts;
  readonly agreement: Agreement | undefined;
  readonly grants: readonly Grant[];
  readonly uses: readonly PrivilegeUse[];
  readonly warning: EndWarning | undefined;
  readonly requests: readonly RequestRow[];
};

/** What the partner may do for a customer, until when, and what it has asked for. Refused: role, unknown customer. */
export async function showRelationship(call: Call, customerId: string): Promise<Outcome<ShownRelationship>> {
  const { actor, catalog, clock, database } = call;
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const now = clock.now();
  return database.read(partnerId, async (tx): Promise<Outcome<ShownRelationship>> => {
    const facts = await findRelationship(tx, partnerId, customerId, now);
    const found = await findSubscriptions(tx, catalog, actor, now, customerId);
    if (!facts || !found) return notFound('customer', customerId);
    const held = toGrants(facts.grants);
    const living = found.held.map(({ subscription }) => subscription).filter(({ status }) => status !== 'deleted');
    const families = new Set(living.flatMap(({ offerId }) => [...principalFamilies(getOffer(catalog, offerId))]));
    const [agreement] = await findAgreements(tx, partnerId, customerId, 'MicrosoftCustomerAgreement');
    return accepted({
      facts,
      agreement,
      grants: held.map((grant) => ({ ...grant, warning: warningOfGrant(grant, held, now) })),
      uses: assessUses(held, [...families], now),
      warning: nextWarning(held, now),
      requests: await findRequests(tx, partnerId, now, { customerId }),
    });
  });
}
