import type { Transaction } from '../postgres/database.ts';

type Ids = { readonly customerId: string; readonly partnerId: string };

/** Name of a customer of the partner, and whether anything that anybody sold to it still lives; undefined: no such customer. */
export async function findErasable(
  tx: Transaction,
  { customerId, partnerId }: Ids,
): Promise<{ name: string; in_use: boolean } | undefined> {
  const [row] = await tx.query<{ name: string; in_use: boolean }>(
    `select c.name, exists (select 1 from tenant_holdings(c.customer_id)) as in_use
     from relationships r join customers c on c.customer_id = r.customer_id
     where r.customer_id = $1 and r.partner_id = $2`,
    [customerId, partnerId],
  );
  return row;
}

/** What stands in place of a name, the same wherever the user is named. */
const PSEUDONYM = `'erased-' || u.user_id`;
const ERASED = 'erased';

/** Gives each user a pseudonym that was not erased before, and takes its addresses away. Answers with how many there were. */
export async function eraseUsers(tx: Transaction, customerId: string): Promise<number> {
  await tx.query('delete from user_addresses where customer_id = $1', [customerId]);
  const erased = await tx.query(
    `update users u set display_name = ${PSEUDONYM}, user_principal_name = ${PSEUDONYM} || '@erased.invalid', first_name = null, last_name = null
     where u.customer_id = $1 and u.user_principal_name <> ${PSEUDONYM} || '@erased.invalid' returning 1`,
    [customerId],
  );
  return erased.length;
}

/** What the customer's tenant and the partner's own records tell of people beside its users. */
export async function eraseContacts(tx: Transaction, { customerId, partnerId }: Ids): Promise<void> {
  await tx.query(`update customers set email = null, address = '{}' where customer_id = $1`, [customerId]);
  await tx.query(
    `update billing_profiles set first_name = null, last_name = null, email = null, address = '{}', version = version + 1
     where customer_id = $1 and partner_id = $2 and (first_name, last_name, email, address) is distinct from (null, null, null, '{}'::jsonb)`,
    [customerId, partnerId],
  );
  await tx.query(
    `delete from agreements a using agreements b where a.customer_id = $1 and a.partner_id = $2 and b.customer_id = $1 and b.partner_id = $2
       and (a.type, a.template_id, a.agreed_at) = (b.type, b.template_id, b.agreed_at) and a.agreement_id > b.agreement_id`,
    [customerId, partnerId],
  );
  await tx.query(
    `update agreements set first_name = $3, last_name = $3, email = $3, phone_number = null, user_id = null
     where customer_id = $1 and partner_id = $2`,
    [customerId, partnerId, ERASED],
  );
}

/** Requests for a relationship with the words and addresses of their mails, codes and sign-ins. */
export async function eraseRequests(tx: Transaction, { customerId, partnerId }: Ids): Promise<void> {
  const ofCustomer = `partner_id = $2 and request_id in (
    select q.request_id from relationship_requests q where q.partner_id = $2 and q.asked_customer_id = $1)`;
  const ids = [customerId, partnerId];
  await tx.query(`delete from relationship_codes where ${ofCustomer}`, ids);
  await tx.query(`delete from relationship_sign_ins where ${ofCustomer}`, ids);
  await tx.query(
    `update mails set recipient = $3, reply_to = null, subject = null, text = null,
       state = case when state in ('pending', 'kept') then 'failed' else state end, discarded_at = coalesce(discarded_at, created_at)
     where ${ofCustomer}`,
    [...ids, ERASED],
  );
  await tx.query(
    `update relationship_requests set recipient = null, subject = '', text = '' where partner_id = $2 and asked_customer_id = $1`,
    ids,
  );
}

/** Names and addresses of users in what upgrades left behind, and the names that agents gave to subscriptions. */
export async function eraseWords(tx: Transaction, { customerId, partnerId }: Ids): Promise<void> {
  const ids = [customerId, partnerId];
  await tx.query(
    'update subscriptions set friendly_name = null where customer_id = $1 and partner_id = $2 and friendly_name is not null',
    ids,
  );
  await tx.query('delete from quotes where customer_id = $1 and partner_id = $2 and upgrade_id is null', ids);
  await tx.query(
    `update quotes q set promised = '{}', shown = jsonb_set(q.shown, '{users}', (
       select coalesce(jsonb_agg(s.u || jsonb_build_object('displayName', 'erased-' || (s.u ->> 'userId'),
         'userPrincipalName', 'erased-' || (s.u ->> 'userId') || '@erased.invalid', 'faults', ${faultsOf(`s.u -> 'faults'`)})), '[]')
       from jsonb_array_elements(q.shown -> 'users') as s (u)))
     where q.customer_id = $1 and q.partner_id = $2`,
    ids,
  );
  await tx.query(
    `update license_issues set faults = ${faultsOf('faults')} where customer_id = $1 and partner_id = $2`,
    ids,
  );
  await tx.query(
    `update campaign_rows set promised = null, refusals = (
       select coalesce(jsonb_agg(case when r ? 'users' then r || '{"users": []}' else r end), '[]') from jsonb_array_elements(refusals) as r)
     where customer_id = $1 and partner_id = $2`,
    ids,
  );
  await tx.query('update upgrades set decided_because = null where customer_id = $1 and partner_id = $2', ids);
  // Answers that were kept for repeats hold what was asked.
  await tx.query(
    `delete from replies where partner_id = $2 and (route like '%' || $1::uuid::text || '%' or body like '%' || $1::uuid::text || '%')`,
    ids,
  );
}

/** A list of faults without the addresses that two accounts share. */
function faultsOf(faults: string): string {
  return `(select coalesce(jsonb_agg(case when f ->> 'name' = 'duplicate-address'
      then f || '{"address": "${ERASED}", "otherAccount": "${ERASED}"}' else f end), '[]') from jsonb_array_elements(${faults}) as f)`;
}
