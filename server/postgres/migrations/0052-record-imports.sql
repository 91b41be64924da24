-- Customers, subscriptions and users that partners bring, and files that are compared alone.

alter table imports
  drop constraint imports_kind_check,
  drop constraint imports_state_check,
  add check (kind in ('newCommercePrices', 'legacyPrices', 'newCommerceMatrix', 'legacyMatrix', 'customers', 'subscriptions', 'users',
    'servicePlans', 'legacyReconciliation', 'newCommerceReconciliation')),
  -- `applying`: customer by customer; one that was broken off goes on where it stopped.
  add check (state in ('reading', 'checked', 'applying', 'applied')),
  -- Of a reconciliation file, in minor units: what it adds up to, and what the lines here do.
  add column totals jsonb;

alter table import_rows
  -- The customer as the file names it; empty: the row makes one.
  add column customer_ref text,
  -- What the row is about: two rows with one key are about the same thing.
  add column row_key text,
  -- What the row says, and what there is without it. Gone once customers and users are applied.
  add column fact jsonb,
  add column fact_before jsonb,
  -- Whether applying is through with it.
  add column done boolean not null default false;
create index import_rows_customer on import_rows (partner_id, import_id, customer_ref, place) where customer_ref is not null;
create index import_rows_key on import_rows (partner_id, import_id, row_key) where row_key is not null;

-- What was billed for a subscription before it was brought here stands in invoices of elsewhere, and in none of ours: credits are reckoned from it.
alter table charges alter column bill_month drop not null;
create or replace function bill_charge() returns trigger language plpgsql as $$
begin
  if current_setting('yukselt.billed_elsewhere', true) = 'on' then
    new.bill_month = null;
    return new;
  end if;
  perform hold_bill(new.partner_id, false);
  new.bill_month = greatest(date_trunc('month', new.booked_on)::date, (
    select (max(c.month) + interval '1 month')::date from invoice_closings c where c.partner_id = new.partner_id));
  return new;
end $$;

-- Those of some subscription ids that are somebody else's, or another customer's; whose, it does not tell.
create function subscription_ids_elsewhere(asked_customer uuid, asked_ids uuid[]) returns setof uuid language plpgsql as $$
declare
  asking uuid := current_partner();
begin
  perform set_config('yukselt.system', 'on', true);
  return query
    select distinct s.subscription_id from subscriptions s
    where s.subscription_id = any (asked_ids) and (s.customer_id <> asked_customer or s.partner_id is distinct from asking);
  perform set_config('yukselt.system', '', true);
end $$;

-- Those of some customer ids and domains that somebody else's customers have; whose, it does not tell.
create function customers_elsewhere(asked_ids uuid[], asked_domains text[]) returns setof text language plpgsql as $$
declare
  asking uuid := current_partner();
begin
  perform set_config('yukselt.system', 'on', true);
  return query
    select x.name from customers c
    cross join lateral (values (c.customer_id::text), (c.domain)) x (name)
    where (c.customer_id = any (asked_ids) or c.domain = any (asked_domains))
      and not exists (select 1 from relationships r where r.customer_id = c.customer_id and r.partner_id = asking);
  perform set_config('yukselt.system', '', true);
end $$;
