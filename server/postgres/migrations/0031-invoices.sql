-- The bill: one invoice for each partner, calendar month (UTC), platform and currency. It is computed while the month is open, and kept once it is closed.

-- Months to which nothing can be added any more, nor to those before.
create table invoice_closings (
  partner_id uuid not null references partners,
  month date not null check (extract(day from month) = 1),
  closed_at timestamptz not null,
  primary key (partner_id, month)
);

create table invoices (
  partner_id uuid not null,
  month date not null,
  platform text not null check (platform in ('legacy', 'newCommerce')),
  currency text not null,
  lines integer not null check (lines > 0),
  total_minor bigint not null,
  -- Of each customer: its lines, and the cost, margin and tax as they were then.
  customers jsonb not null,
  -- SHA-256 of the lines in their order.
  lines_hash bytea not null check (length(lines_hash) = 32),
  closed_at timestamptz not null,
  primary key (partner_id, month, platform, currency),
  foreign key (partner_id, month) references invoice_closings
);

do $$
declare
  owned text;
begin
  foreach owned in array array['invoice_closings', 'invoices']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
    execute format(
      'create trigger %I before update or delete or truncate on %I for each statement execute function refuse_change()',
      owned || '_insert_only', owned);
  end loop;
end $$;

-- What a partner puts on its cost, and the tax of each market; hundredths of a percent.
create table vat_rates (
  partner_id uuid not null references partners,
  market text not null,
  basis_points integer not null check (basis_points between 0 and 10000),
  primary key (partner_id, market)
);
alter table vat_rates enable row level security, force row level security;
create policy partner on vat_rates using (partner_id = (select current_partner()) or (select is_system()));

create table customer_margins (
  customer_id uuid not null references customers,
  partner_id uuid not null references partners,
  basis_points integer not null check (basis_points between -10000 and 100000),
  primary key (customer_id, partner_id)
);
alter table customer_margins enable row level security, force row level security;
create policy partner on customer_margins
  using (partner_id = (select current_partner()) and (customer_id = (select customer_in_hand()) or sees_customer(customer_id))
    or (select is_system()));

-- The conventions of rounding (C4, C5).
alter table partner_settings
  add column legacy_rounding text not null default 'full-precision'
    check (legacy_rounding in ('full-precision', 'daily-price-cut')),
  add column new_commerce_rounding text not null default 'cut-unit'
    check (new_commerce_rounding in ('cut-unit', 'cut-total', 'as-printed'));

-- The month of the invoice that a line stands in, exactly one.
alter table charges add column bill_month date;
alter table charges disable trigger user;
update charges set bill_month = date_trunc('month', booked_on);
alter table charges enable trigger user;
alter table charges alter column bill_month set not null;
drop index charges_booked;
create index charges_billed on charges (partner_id, bill_month, booked_on);

-- Whoever writes lines of a partner and whoever closes its months wait for each other, so that no line comes into a month that is closed.
create function hold_bill(asked uuid, closing boolean) returns void language plpgsql as $$
begin
  if closing then
    perform pg_advisory_xact_lock(hashtextextended('bill ' || asked::text, 0));
  else
    perform pg_advisory_xact_lock_shared(hashtextextended('bill ' || asked::text, 0));
  end if;
end $$;

-- A line that is booked into a month that is closed stands in the first one that is not.
create function bill_charge() returns trigger language plpgsql as $$
begin
  perform hold_bill(new.partner_id, false);
  new.bill_month = greatest(date_trunc('month', new.booked_on)::date, (
    select (max(c.month) + interval '1 month')::date from invoice_closings c where c.partner_id = new.partner_id));
  return new;
end $$;
create trigger charges_bill before insert on charges for each row execute function bill_charge();

-- As invoices are numbered: by what they are, so that nothing has to be counted.
create function invoice_number(asked_partner uuid, asked_month date, asked_platform text, asked_currency text) returns text
  language sql immutable parallel safe
  return case asked_platform when 'legacy' then 'D' else 'G' end
    || lpad(mod(extract(year from asked_month)::integer, 100)::text, 2, '0')
    || lpad(extract(month from asked_month)::text, 2, '0')
    || upper(left(md5(asked_partner::text || extract(epoch from asked_month)::text || asked_platform || asked_currency), 6));

-- What the asking partner was charged in some months. Its bill stays its own and whole when a relationship ends: of a customer that it
-- is not related to any more, nothing but the id is told.
create function billed(from_month date, until_month date)
  returns table (month date, platform text, currency text, customer_id uuid, country text, amount_minor bigint)
  language plpgsql as $$
declare
  asking uuid := current_partner();
begin
  perform set_config('yukselt.system', 'on', true);
  return query
    select c.bill_month, s.platform, c.currency, c.customer_id, k.country, c.amount_minor
    from charges c
    join subscriptions s on s.customer_id = c.customer_id and s.subscription_id = c.subscription_id
    join customers k on k.customer_id = c.customer_id
    where c.partner_id = asking and c.bill_month between from_month and until_month;
  perform set_config('yukselt.system', '', true);
end $$;

-- The lines of one invoice, those of an act together, after a place in it, with what they are of. In place, a subscription was another offer before an
-- upgrade: what that took back, and all that was written before it, is of the offer it was.
create function bill_lines(
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
      c.booked_on, c.created_at, c.promotion_id,
      coalesce(
        (select case when u.upgrade_id = c.upgrade_id and c.charge_type = 'convert' and c.amount_minor >= 0
            then u.target_offer_id else u.source_offer_id end
          from upgrades u
          where u.customer_id = c.customer_id and u.source_subscription_id = c.subscription_id and u.way = 'inPlace'
            and u.state = 'applied' and (u.upgrade_id = c.upgrade_id or u.applied_at > c.created_at)
          order by u.applied_at limit 1),
        s.offer_id),
      s.order_id, case when r.customer_id is not null then s.friendly_name end, s.purchased_on, s.term_ends_on, s.billing_cycle,
      s.term_duration
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

-- What shows that the lines of an invoice are those of its closing.
create function bill_hash(asked_month date, asked_platform text, asked_currency text) returns bytea language plpgsql as $$
declare
  asking uuid := current_partner();
  found bytea;
begin
  perform set_config('yukselt.system', 'on', true);
  select sha256(convert_to(coalesce(string_agg(concat_ws('|', c.charge_id, c.customer_id, c.subscription_id, c.reference_id, c.charge_type,
      c.period_start, c.period_end, c.days, c.period_days, c.quantity, c.unit_price, c.amount_minor, c.currency, c.booked_on), E'\n'
      order by c.booked_on, c.charge_id), ''), 'UTF8'))
    into found
    from charges c
    join subscriptions s on s.customer_id = c.customer_id and s.subscription_id = c.subscription_id
    where c.partner_id = asking and c.bill_month = asked_month and s.platform = asked_platform and c.currency = asked_currency;
  perform set_config('yukselt.system', '', true);
  return found;
end $$;
