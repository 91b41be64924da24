-- A line keeps what it says of its customer, its subscription and its offer: what becomes of these later is not of an invoice that is closed.

-- What the catalog calls an offer, each wording for good; those of lines that are there already are the first ones.
create table offer_versions (
  offer_id text not null references offers,
  version integer not null check (version > 0),
  -- By language.
  name jsonb not null,
  -- What it is sold as on new commerce; null on the legacy platform.
  product jsonb,
  primary key (offer_id, version)
);

alter table charges
  add column offer_version integer,
  add column customer_name text,
  add column customer_domain text,
  add column friendly_name text,
  add column purchased_on date,
  add column term_ends_on date,
  add column billing_cycle text,
  add column term_duration text;
alter table charges disable trigger user;
update charges c set offer_version = 1, customer_name = k.name, customer_domain = k.domain, friendly_name = s.friendly_name,
  purchased_on = s.purchased_on, term_ends_on = s.term_ends_on, billing_cycle = s.billing_cycle, term_duration = s.term_duration
from subscriptions s, customers k
where s.customer_id = c.customer_id and s.subscription_id = c.subscription_id and k.customer_id = c.customer_id;
alter table charges enable trigger user;
alter table charges
  alter column offer_version set not null,
  alter column customer_name set not null,
  alter column customer_domain set not null,
  alter column purchased_on set not null,
  alter column term_ends_on set not null,
  alter column billing_cycle set not null,
  alter column term_duration set not null;

-- The lines of one invoice, those of an act together, after a place in it, with what they are of as they say it themselves. Of a customer that the
-- partner is not related to any more, nothing but the id is told.
drop function bill_lines;
create function bill_lines(
  asked_month date, asked_platform text, asked_currency text, asked_customer uuid, after_day date, after_act uuid,
  after_start date, after_charge uuid, most integer
) returns table (
  charge_id uuid, customer_id uuid, customer_name text, customer_domain text, country text, subscription_id uuid, upgrade_id uuid,
  reference_id uuid, reverses uuid, charge_type text, period_start date, period_end date, days integer, period_days integer,
  quantity integer, unit_price numeric, amount_minor bigint, currency text, booked_on date, created_at timestamptz, promotion_id text,
  offer_id text, offer_name jsonb, product jsonb, order_id uuid, friendly_name text, purchased_on date, term_ends_on date,
  billing_cycle text, term_duration text
) language plpgsql as $$
declare
  asking uuid := current_partner();
begin
  perform set_config('yukselt.system', 'on', true);
  return query
    select c.charge_id, c.customer_id, case when r.customer_id is not null then c.customer_name end,
      case when r.customer_id is not null then c.customer_domain end, k.country, c.subscription_id, c.upgrade_id, c.reference_id, c.reverses,
      c.charge_type, c.period_start, c.period_end, c.days, c.period_days, c.quantity, c.unit_price, c.amount_minor, c.currency,
      c.booked_on, c.created_at, c.promotion_id, c.offer_id, v.name, v.product, s.order_id,
      case when r.customer_id is not null then c.friendly_name end, c.purchased_on, c.term_ends_on, c.billing_cycle, c.term_duration
    from charges c
    join subscriptions s on s.customer_id = c.customer_id and s.subscription_id = c.subscription_id
    join customers k on k.customer_id = c.customer_id
    left join offer_versions v on v.offer_id = c.offer_id and v.version = c.offer_version
    left join relationships r on r.customer_id = c.customer_id and r.partner_id = asking
    where c.partner_id = asking and c.bill_month = asked_month and s.platform = asked_platform and c.currency = asked_currency
      and (asked_customer is null or c.customer_id = asked_customer)
      and (after_day is null
        or (c.booked_on, c.reference_id, c.period_start, c.charge_id) > (after_day, after_act, after_start, after_charge))
    order by c.booked_on, c.reference_id, c.period_start, c.charge_id
    limit most;
  perform set_config('yukselt.system', '', true);
end $$;

-- What the customers of one invoice are called in it: each as its last line says. Those that the partner is not related to any more are left out.
create function bill_names(asked_month date, asked_platform text, asked_currency text)
  returns table (customer_id uuid, name text) language plpgsql as $$
declare
  asking uuid := current_partner();
begin
  perform set_config('yukselt.system', 'on', true);
  return query
    select distinct on (c.customer_id) c.customer_id, c.customer_name
    from charges c
    join subscriptions s on s.customer_id = c.customer_id and s.subscription_id = c.subscription_id
    join relationships r on r.customer_id = c.customer_id and r.partner_id = asking
    where c.partner_id = asking and c.bill_month = asked_month and s.platform = asked_platform and c.currency = asked_currency
    order by c.customer_id, c.created_at desc, c.charge_id desc;
  perform set_config('yukselt.system', '', true);
end $$;
