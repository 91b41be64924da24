import type { Pending } from '../http/open-id.ts';
import type { Transaction } from '../postgres/database.ts';
import type { Request } from './request.store.ts';

type OfRequest = Pick<Request, 'partnerId' | 'requestId'>;

/** A sign-in that went to a customer's provider. */
export type PendingCustomerSignIn = {
  readonly stateHash: Buffer;
  readonly browserHash: Buffer;
  readonly linkHash: Buffer;
  readonly tenantId: string;
  readonly pending: Pending;
  readonly expiresAt: string;
};

/** Saves it, and forgets whichever are too old. */
export async function saveSignIn(
  tx: Transaction,
  of: OfRequest,
  { stateHash, browserHash, linkHash, tenantId, pending, expiresAt }: PendingCustomerSignIn,
  now: string,
): Promise<void> {
  await tx.query(
    `delete from relationship_sign_ins where (partner_id, request_id, state_hash) in (
       select partner_id, request_id, state_hash from relationship_sign_ins where expires_at < $1 for update skip locked)`,
    [now],
  );
  await tx.query(
    `insert into relationship_sign_ins (partner_id, request_id, state_hash, browser_hash, link_hash, tenant_id, pending, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)`,
    [of.partnerId, of.requestId, stateHash, browserHash, linkHash, tenantId, JSON.stringify(pending), expiresAt],
  );
}

/** How many were begun for a request and are not over. */
export async function countSignIns(tx: Transaction, of: OfRequest, now: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::integer as count from relationship_sign_ins
     where partner_id = $1 and request_id = $2 and expires_at > $3`,
    [of.partnerId, of.requestId, now],
  );
  return row?.count ?? 0;
}

/** Takes what this browser began, which nobody can do twice; undefined: it did not, or too long ago. */
export async function takeSignIn(
  tx: Transaction,
  { stateHash, browserHash, now }: { readonly stateHash: Buffer; readonly browserHash: Buffer; readonly now: string },
): Promise<Pick<PendingCustomerSignIn, 'linkHash' | 'tenantId' | 'pending'> | undefined> {
  const [row] = await tx.query<{ link_hash: Buffer; tenant_id: string; pending: Pending }>(
    `with taken as (
       select partner_id, request_id, state_hash, pending from relationship_sign_ins
       where state_hash = $1 and browser_hash = $2 and expires_at > $3 and pending is not null for update)
     update relationship_sign_ins s set pending = null from taken t
     where s.partner_id = t.partner_id and s.request_id = t.request_id and s.state_hash = t.state_hash
     returning s.link_hash, s.tenant_id, t.pending`,
    [stateHash, browserHash, now],
  );
  return row && { linkHash: row.link_hash, tenantId: row.tenant_id, pending: row.pending };
}

/** Lets a sign-in that was taken stand as a proof from now on. */
export async function saveSignInProof(
  tx: Transaction,
  stateHash: Buffer,
  proof: {
    readonly proofHash: Buffer;
    readonly email: string;
    readonly accountHash: Buffer;
    readonly expiresAt: string;
  },
): Promise<void> {
  await tx.query(
    `update relationship_sign_ins set proof_hash = $2, email = $3, account_hash = $4, expires_at = $5 where state_hash = $1`,
    [stateHash, proof.proofHash, proof.email, proof.accountHash, proof.expiresAt],
  );
}

export type SignInProof = {
  readonly tenantId: string;
  readonly email: string;
  readonly accountHash: Buffer;
  readonly expiresAt: string;
};

type ByProof = { readonly linkHash: Buffer; readonly proofHash: Buffer; readonly now: string };

/** What a browser proved for a link. Undefined: nothing, for another link, used, or too long ago. */
export async function findSignInProof(
  tx: Transaction,
  { linkHash, proofHash, now }: ByProof,
): Promise<SignInProof | undefined> {
  const [row] = await tx.query<SignInProof>(
    `select tenant_id as "tenantId", email, account_hash as "accountHash", expires_at as "expiresAt"
     from relationship_sign_ins where link_hash = $1 and proof_hash = $2 and used_at is null and expires_at > $3`,
    [linkHash, proofHash, now],
  );
  return row;
}

export async function useSignInProof(tx: Transaction, { linkHash, proofHash, now }: ByProof): Promise<void> {
  await tx.query('update relationship_sign_ins set used_at = $3 where link_hash = $1 and proof_hash = $2', [
    linkHash,
    proofHash,
    now,
  ]);
}

/** Whether a tenant with this id is known here, by whoever serves it, and has the domain. */
export async function isTenantOfDomain(tx: Transaction, tenantId: string, domain: string): Promise<boolean> {
  const known = 'select 1 from customers where customer_id = $1 and lower(domain) = lower($2)';
  return (await tx.query(known, [tenantId, domain])).length > 0;
}
