import type { Language } from '../../contract/values.ts';
import type { Transaction } from '../postgres/database.ts';
import { approves } from './approval-policy.store.ts';

/** An upgrade that waits for an approval, and those who may give it and were not told yet. */
export type UpgradeToTell = {
  readonly partner_id: string;
  readonly customer: string;
  readonly source_offer_id: string;
  readonly target_offer_id: string;
  readonly quantity: number;
  /** Of the partner; that of an agent is not known. */
  readonly language: Language;
  readonly submitter: string;
  readonly submitter_email: string;
  readonly approvers: readonly { readonly name: string; readonly email: string }[];
};

/** Some of what is to be told, told from now on; each is taken by one server alone. Nothing of a customer that the partner has left. */
export async function takeToTell(tx: Transaction, most: number): Promise<UpgradeToTell[]> {
  return tx.query<UpgradeToTell>(
    `with taken as (
       select u.customer_id, u.upgrade_id from upgrades u
       join relationships r on r.customer_id = u.customer_id and r.partner_id = u.partner_id
       where u.state = 'waitingForApproval' and not u.approvers_told
       order by u.upgrade_id limit $1 for update of u skip locked),
     told as (
       update upgrades u set approvers_told = true from taken t
       where u.customer_id = t.customer_id and u.upgrade_id = t.upgrade_id returning u.*)
     select u.partner_id, c.name as customer, u.source_offer_id, u.target_offer_id, u.quantity, p.language,
       s.display_name as submitter, s.email as submitter_email,
       (select coalesce(json_agg(json_build_object('name', a.display_name, 'email', a.email) order by a.email), '[]')
         from agents a where ${approves('u.partner_id')} and a.agent_id <> u.submitted_by) as approvers
     from told u
     join customers c on c.customer_id = u.customer_id
     join partners p on p.partner_id = u.partner_id
     join agents s on s.partner_id = u.partner_id and s.agent_id = u.submitted_by
     order by u.upgrade_id`,
    [most],
  );
}
