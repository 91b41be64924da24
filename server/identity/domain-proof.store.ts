import type { Transaction } from '../postgres/database.ts';
import type { DomainProof } from './provider.store.ts';

type Holder = { readonly partnerId: string; readonly providerId: string; readonly proof: DomainProof };

/** Holds a domain until the end of the transaction, so that two proofs of it come one after the other. */
export async function lockDomain(tx: Transaction, domain: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [domain]);
}

/** Where a domain leads now, of whatever partner; `tx` is the system's. */
export async function findHolder(tx: Transaction, domain: string): Promise<Holder | undefined> {
  const [row] = await tx.query<{ partner_id: string; provider_id: string; proof: DomainProof }>(
    'select partner_id, provider_id, proof from identity_provider_domains where domain = $1 and proved_at is not null',
    [domain],
  );
  return row && { partnerId: row.partner_id, providerId: row.provider_id, proof: row.proof };
}

/** From now on the domain leads nowhere. */
export async function dropProof(tx: Transaction, { partnerId }: Holder, domain: string): Promise<void> {
  await tx.query(
    'update identity_provider_domains set proved_at = null, proof = null where partner_id = $1 and domain = $2',
    [partnerId, domain],
  );
}

/** False: the domain is no longer one of the provider, or its record would have to hold another token by now. */
export async function saveProof(
  tx: Transaction,
  { partnerId, providerId }: { readonly partnerId: string; readonly providerId: string },
  proved: { readonly domain: string; readonly token: string; readonly proof: DomainProof; readonly at: string },
): Promise<boolean> {
  const rows = await tx.query(
    `update identity_provider_domains set proved_at = $5, proof = $6
     where partner_id = $1 and provider_id = $2 and domain = $3 and token = $4 returning 1`,
    [partnerId, providerId, proved.domain, proved.token, proved.at, proved.proof],
  );
  return rows.length > 0;
}
