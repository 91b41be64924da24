import type { DomainFindingName } from '../../contract/identity-providers.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow, toSystemAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import type { ReadTxt } from '../http/txt-records.ts';
import { dropProof, findHolder, lockDomain, saveProof } from './domain-proof.store.ts';
import { type DomainProof, findProvider, type Provider, type ProviderDomain } from './provider.store.ts';

/** What the operator knows of domains, and where the rest is looked up. */
export type DomainProving = {
  readonly readTxt: ReadTxt;
  /** The domains that the operator vouches for, as `domain=partner id`. */
  readonly vouchedFor: readonly string[];
};

type CheckedDomain = {
  readonly provider: Provider;
  /** Why the domain is not proved; undefined: it is. */
  readonly finding: DomainFindingName | undefined;
};

/** What the TXT record of a domain has to hold. */
export function recordOf({ token }: Pick<ProviderDomain, 'token'>): string {
  return `yukselt-verification=${token}`;
}

/**
 * Looks up now whether a domain is the partner's: by the operator's word, or by its TXT record. Once it is proved it leads to the provider.
 * Refused: role, an unknown provider, a domain that is not the provider's.
 */
export async function checkDomain(
  call: Call,
  proving: DomainProving,
  providerId: string,
  domain: string,
): Promise<Outcome<CheckedDomain>> {
  const { actor, database, log, correlationId } = call;
  const allowed = checkRole(actor.roles, 'changeSettings');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const before = await database.read(partnerId, (tx) => findProvider(tx, partnerId, providerId));
  if (!before) return notFound('identityProvider', providerId);
  const asked = before.domains.find((one) => one.domain === domain);
  if (!asked) return refused({ code: 'invalid-field', field: 'domain', expected: 'domainOfProvider' });
  const shown = async (finding: DomainFindingName | undefined): Promise<Outcome<CheckedDomain>> => {
    const provider = await database.read(partnerId, (tx) => findProvider(tx, partnerId, providerId));
    return provider ? accepted({ provider, finding }) : notFound('identityProvider', providerId);
  };
  if (isVouchedFor(proving, before, domain)) return shown(await prove(call, before, asked, 'operator'));
  const found = await proving.readTxt(domain);
  if (!found.ok) {
    log.warn({ correlationId, domain, reason: found.refused.reason }, 'a domain could not be looked up');
    return shown('unreachable');
  }
  if (found.value.includes(recordOf(asked))) return shown(await prove(call, before, asked, 'dns'));
  return shown(found.value.some((text) => text.startsWith('yukselt-verification=')) ? 'other-token' : 'no-record');
}

/** Proves what the operator vouches for, without being asked. */
export async function proveVouchedFor(call: Call, proving: DomainProving, provider: Provider): Promise<void> {
  for (const one of provider.domains.filter(({ domain }) => isVouchedFor(proving, provider, domain)))
    await prove(call, provider, one, 'operator');
}

function isVouchedFor({ vouchedFor }: DomainProving, { partnerId }: Provider, domain: string): boolean {
  return vouchedFor.includes(`${domain}=${partnerId}`);
}

/** The stronger proof takes a domain from another partner; an equal one does not. */
const STRENGTH: Readonly<Record<DomainProof, number>> = { earlier: 0, dns: 1, operator: 2 };

async function prove(
  call: Call,
  { partnerId, providerId }: Provider,
  { domain, token, proof: before }: ProviderDomain,
  proof: 'dns' | 'operator',
): Promise<DomainFindingName | undefined> {
  if (before !== null && STRENGTH[before] >= STRENGTH[proof]) return undefined;
  return call.database.asSystem(async (tx) => {
    await lockDomain(tx, domain);
    const holder = await findHolder(tx, domain);
    if (holder && holder.partnerId !== partnerId) {
      if (STRENGTH[holder.proof] >= STRENGTH[proof]) return 'held';
      await dropProof(tx, holder, domain);
      // Not in the other's name: that one did nothing, and must not learn who did.
      const lost = { action: 'identity-provider.domain-lost', subjectId: holder.providerId } as const;
      const row = { ...lost, customerId: holder.partnerId, details: { domains: [domain] } };
      await saveAudit(tx, [toSystemAuditRow(call, holder.partnerId, row)]);
    }
    // Otherwise the domain was taken away meanwhile.
    if (await saveProof(tx, { partnerId, providerId }, { domain, token, proof, at: call.clock.now().toString() })) {
      const proved = { action: 'identity-provider.domain-proved', subjectId: providerId } as const;
      const details = { domains: [domain], proof };
      await saveAudit(tx, [toAuditRow(call, { ...proved, customerId: partnerId, details })]);
    }
    return undefined;
  });
}
