-- New commerce beside the legacy platform: terms, charge cycles, seats with windows, what happens at renewal, and the status that ends by itself.
alter table prices
  add column term_duration text not null default 'P1Y' check (term_duration in ('P1M', 'P1Y', 'P3Y')),
  drop constraint prices_billing_cycle_check,
  add check (billing_cycle in ('monthly', 'annual', 'triennial', 'none')),
  drop constraint prices_pkey,
  add primary key (price_list_id, offer_id, term_duration, billing_cycle, valid_from);

-- Percentages off the partner's price (N44 to N47); reference data like prices, the same for every partner.
create table promotions (
  promotion_id text primary key,
  offer_id text not null references offers,
  term_duration text not null check (term_duration in ('P1M', 'P1Y', 'P3Y')),
  -- Hundredths of a percent.
  discount_basis_points integer not null check (discount_basis_points between 1 and 10000),
  valid_from date not null,
  valid_until date not null,
  -- What a customer must be or have: seats, a first purchase, how often, which other offer.
  conditions jsonb not null default '{}'
);

alter table subscriptions
  add column platform text not null default 'legacy' check (platform in ('legacy', 'newCommerce')),
  add column term_duration text not null default 'P1Y' check (term_duration in ('P1M', 'P1Y', 'P3Y')),
  -- First day of the running term.
  add column term_starts_on date,
  -- The first day on which the status is another by itself; null: it never is.
  add column status_until date,
  add column cancellable_until timestamptz,
  add column scheduled_change jsonb,
  add column promotion_id text,
  add column updates integer not null default 0,
  drop constraint subscriptions_billing_cycle_check,
  add check (billing_cycle in ('monthly', 'annual', 'triennial', 'none'));
update subscriptions set
  term_starts_on = greatest(purchased_on, (term_ends_on + 1 - interval '1 year')::date),
  status_until = case when status in ('active', 'suspended') then term_ends_on + 1 end;
alter table subscriptions
  alter column platform drop default,
  alter column term_duration drop default,
  alter column term_starts_on set not null,
  -- The next day on which something is due without anybody acting: a fee, a renewal, another status. New commerce bills suspended seats (L3).
  add column due_on date generated always as (
    case when channel = 'csp' and status not in ('pending', 'deleted') then least(
      status_until,
      case when status = 'active' or status = 'suspended' and platform = 'newCommerce' then billed_through + 1 end) end) stored;
create index subscriptions_due on subscriptions (due_on, customer_id) where due_on is not null;

-- Seats that were added together, and until when they can be removed (N26).
create table seat_batches (
  customer_id uuid not null,
  subscription_id uuid not null,
  batch_id uuid not null,
  partner_id uuid not null references partners,
  quantity integer not null check (quantity > 0),
  added_at timestamptz not null,
  removable_until timestamptz not null,
  primary key (customer_id, subscription_id, batch_id),
  foreign key (customer_id, subscription_id) references subscriptions
);
alter table seat_batches enable row level security, force row level security;
create policy partner on seat_batches
  using (partner_id = (select current_partner()) and (customer_id = (select customer_in_hand()) or sees_customer(customer_id))
    or (select is_system()));

-- How an upgrade comes about: a new subscription in place of the old one (legacy), or one of the ways of new commerce (N8, N9).
alter table upgrades
  add column way text not null default 'replacement' check (way in ('replacement', 'inPlace', 'partial', 'existing', 'renewal')),
  add column term_duration text not null default 'P1Y' check (term_duration in ('P1M', 'P1Y', 'P3Y')),
  add column billing_cycle text not null default 'monthly' check (billing_cycle in ('monthly', 'annual', 'triennial', 'none')),
  -- What came after the act, with its times (N13).
  add column events jsonb not null default '[]';
alter table quotes
  -- All that was asked for beside the target and the type.
  add column asked jsonb not null default '{}';

alter table charges
  add column promotion_id text,
  -- The day that the line belongs to: that of the act, or the one on which it fell due, whenever it was written.
  add column booked_on date;
alter table charges disable trigger user;
update charges set booked_on = (created_at at time zone 'utc')::date;
alter table charges enable trigger user;
alter table charges alter column booked_on set not null;
create index charges_booked on charges (partner_id, booked_on);

-- How many seats of each new commerce SKU the customer has in all, through whatever partner or channel: the maximum is one for all (N28).
-- Nothing else is told: not whose they are, nor how many subscriptions.
create function tenant_seats(asked_customer uuid) returns table (sku_id text, seats bigint) language plpgsql as $$
begin
  if not exists (
    select 1 from relationships r where r.customer_id = asked_customer and r.partner_id = current_partner()
  ) then
    return;
  end if;
  perform set_config('yukselt.system', 'on', true);
  return query
    select o.sku_id, sum(s.quantity)::bigint
    from subscriptions s join offers o on o.offer_id = s.offer_id
    where s.customer_id = asked_customer and s.status <> 'deleted' and s.platform = 'newCommerce'
    group by o.sku_id;
  perform set_config('yukselt.system', '', true);
end $$;
