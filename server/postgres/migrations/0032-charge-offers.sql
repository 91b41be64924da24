-- The offer that a line is for: a subscription may become another one, in an upgrade or when it renews, and its lines stay what they were for.
alter table charges add column offer_id text references offers;
alter table charges disable trigger user;
-- In place, a subscription was another offer before an upgrade: what that took back, and all that was written before it, is of the offer it was.
update charges c set offer_id = coalesce(
  (select case when u.upgrade_id = c.upgrade_id and c.charge_type = 'convert' and c.amount_minor >= 0
      then u.target_offer_id else u.source_offer_id end
    from upgrades u
    where u.customer_id = c.customer_id and u.source_subscription_id = c.subscription_id and u.way = 'inPlace'
      and u.state = 'applied' and (u.upgrade_id = c.upgrade_id or u.applied_at > c.created_at)
    order by u.applied_at limit 1),
  (select s.offer_id from subscriptions s where s.customer_id = c.customer_id and s.subscription_id = c.subscription_id));
alter table charges enable trigger user;
alter table charges alter column offer_id set not null;

-- The lines of one invoice, those of an act together, after a place in it, with what they are of.
create or replace function bill_lines(
  asked_month date, asked_platform text, asked_currency text, asked_customer uuid, after_day date, after_act uuid,
  after_start date, after_charge uuid, most integer
) returns table (
  charge_id uuid, customer_id uuid, customer_name text, customer_domain text, country text, subscription_id uuid, upgrade_id uuid,
  reference_id uuid, reverses uuid, charge_type text, period_start date, period_end date, days integer, period_days integer,
  quantity integer, unit_price numeric, amount_minor bigint, currency text, booked_on date, created_at timestamptz, promotion_id text,
  offer_id text, order_id uuid, friendly_name text, purchased_on date, term_ends_on date, billing_cycle text, term_duration text
) language plpgsql as $$
declare
  asking uuid := current_partner();
begin
  perform set_config('yukselt.system', 'on', true);
  return query
    select c.charge_id, c.customer_id, case when r.customer_id is not null then k.name end,
      case when r.customer_id is not null then k.domain end, k.country, c.subscription_id, c.upgrade_id, c.reference_id, c.reverses,
      c.charge_type, c.period_start, c.period_end, c.days, c.period_days, c.quantity, c.unit_price, c.amount_minor, c.currency,
      c.booked_on, c.created_at, c.promotion_id, c.offer_id, s.order_id, case when r.customer_id is not null then s.friendly_name end,
      s.purchased_on, s.term_ends_on, s.billing_cycle, s.term_duration
    from charges c
    join subscriptions s on s.customer_id = c.customer_id and s.subscription_id = c.subscription_id
    join customers k on k.customer_id = c.customer_id
    left join relationships r on r.customer_id = c.customer_id and r.partner_id = asking
    where c.partner_id = asking and c.bill_month = asked_month and s.platform = asked_platform and c.currency = asked_currency
      and (asked_customer is null or c.customer_id = asked_customer)
      and (after_day is null
        or (c.booked_on, c.reference_id, c.period_start, c.charge_id) > (after_day, after_act, after_start, after_charge))
    order by c.booked_on, c.reference_id, c.period_start, c.charge_id
    limit most;
  perform set_config('yukselt.system', '', true);
end $$;
