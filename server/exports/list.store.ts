import type { Transaction } from '../postgres/database.ts';

/** Where the last lot of a list ended: the ids of its last row. */
export type After = readonly [customerId: string, id: string] | undefined;

const ROWS_AT_ONCE = 2000;
const NONE = '00000000-0000-0000-0000-000000000000';

type Asked = { readonly partnerId: string; readonly customerId: string | undefined; readonly after: After };

const valuesOf = ({ partnerId, customerId, after }: Asked) => [
  partnerId,
  customerId ?? null,
  after?.[0] ?? NONE,
  after?.[1] ?? NONE,
  ROWS_AT_ONCE,
];

export type CustomerLine = {
  customer_id: string;
  name: string;
  domain: string;
  country: string;
  qualification: string;
  email: string | null;
  registration_number: string | null;
  reseller: boolean;
  created_at: string;
};

/** Customers that the partner is related to, by their ids. */
export async function findCustomerLines(tx: Transaction, asked: Asked): Promise<CustomerLine[]> {
  return tx.query<CustomerLine>(
    `select c.customer_id, c.name, c.domain, c.country, c.qualification, c.email, c.registration_number, r.reseller, c.created_at
     from relationships r join customers c on c.customer_id = r.customer_id
     where r.partner_id = $1 and ($2::uuid is null or c.customer_id = $2) and (c.customer_id, c.customer_id) > ($3::uuid, $4::uuid)
     order by c.customer_id limit $5`,
    valuesOf(asked),
  );
}

export type SubscriptionLine = {
  customer_id: string;
  domain: string;
  subscription_id: string;
  offer_id: string;
  platform: string;
  friendly_name: string | null;
  status: string;
  quantity: number;
  assigned: number;
  term_duration: string;
  billing_cycle: string;
  auto_renew: boolean;
  unit_price: string;
  currency: string;
  purchased_on: string;
  term_starts_on: string;
  term_ends_on: string;
  order_id: string;
  add_on_of: string | null;
};

/** What the partner sold to customers that it is related to. */
export async function findSubscriptionLines(tx: Transaction, asked: Asked): Promise<SubscriptionLine[]> {
  return tx.query<SubscriptionLine>(
    `select s.customer_id, c.domain, s.subscription_id, s.offer_id, s.platform, s.friendly_name, s.status, s.quantity, s.assigned,
       s.term_duration, s.billing_cycle, s.auto_renew, s.unit_price::text, s.currency, s.purchased_on, s.term_starts_on, s.term_ends_on,
       s.order_id, s.add_on_of
     from subscriptions s join customers c on c.customer_id = s.customer_id
     where s.partner_id = $1 and ($2::uuid is null or s.customer_id = $2) and (s.customer_id, s.subscription_id) > ($3::uuid, $4::uuid)
     order by s.customer_id, s.subscription_id limit $5`,
    valuesOf(asked),
  );
}

export type UserLine = {
  customer_id: string;
  domain: string;
  user_id: string;
  user_principal_name: string;
  display_name: string;
  first_name: string | null;
  last_name: string | null;
  usage_location: string | null;
  addresses: string[];
  licenses: { subscriptionId: string; offerId: string; switchedOff: string[] }[];
};

/** The users of such customers, with the licenses that they have of what the partner sold. */
export async function findUserLines(tx: Transaction, asked: Asked): Promise<UserLine[]> {
  return tx.query<UserLine>(
    `select u.customer_id, c.domain, u.user_id, u.user_principal_name, u.display_name, u.first_name, u.last_name, u.usage_location,
       array(select a.address from user_addresses a where a.customer_id = u.customer_id and a.user_id = u.user_id order by a.address)
         as addresses,
       (select coalesce(json_agg(json_build_object('subscriptionId', l.subscription_id, 'offerId', s.offer_id,
           'switchedOff', l.switched_off) order by l.subscription_id), '[]')
         from licenses l join subscriptions s on s.customer_id = l.customer_id and s.subscription_id = l.subscription_id
         where l.customer_id = u.customer_id and l.user_id = u.user_id and s.partner_id = $1 and s.status <> 'deleted') as licenses
     from users u join customers c on c.customer_id = u.customer_id
     join relationships r on r.customer_id = u.customer_id and r.partner_id = $1
     where u.deleted_at is null and ($2::uuid is null or u.customer_id = $2) and (u.customer_id, u.user_id) > ($3::uuid, $4::uuid)
     order by u.customer_id, u.user_id limit $5`,
    valuesOf(asked),
  );
}
