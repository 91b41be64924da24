-- What is known of a customer beside its name. The company's profile belongs to the customer; whom the bills go to and what was attested
-- belong to one partner's dealings with it.

alter table customers
  add column email text,
  -- As it was given: lines, city, state, postal code, phone. The country has a column of its own, because rules ask for it.
  add column address jsonb not null default '{}',
  add column registration_number text,
  add column qualification text not null default 'none'
    check (qualification in ('none', 'education', 'nonprofit', 'governmentCommunityCloud', 'stateOwnedEntity')),
  add column qualified_at timestamptz;
create index customers_domain on customers (domain);

-- A customer without a row was never given one; its version counts as 0.
create table billing_profiles (
  customer_id uuid not null references customers,
  partner_id uuid not null references partners,
  -- Null: the customer's own name.
  company_name text,
  first_name text,
  last_name text,
  email text,
  culture text not null,
  language text not null,
  address jsonb not null,
  version integer not null default 1,
  primary key (customer_id, partner_id)
);

-- That a person of the customer accepted an agreement, attested by the partner.
create table agreements (
  customer_id uuid not null references customers,
  agreement_id uuid not null,
  partner_id uuid not null references partners,
  type text not null check (type in ('MicrosoftCloudAgreement', 'MicrosoftCustomerAgreement')),
  template_id uuid not null,
  agreed_at timestamptz not null,
  first_name text not null,
  last_name text not null,
  email text not null,
  phone_number text,
  user_id uuid,
  created_at timestamptz not null,
  primary key (customer_id, agreement_id),
  unique nulls not distinct
    (customer_id, partner_id, type, template_id, agreed_at, first_name, last_name, email, phone_number, user_id)
);

-- A partner that has ended its relationship sees nothing of the customer any more; its rows stay for the history, and for when it comes back.
alter table billing_profiles enable row level security, force row level security;
alter table agreements enable row level security, force row level security;
create policy partner on billing_profiles using (false);
create policy partner on agreements using (false);
do $$
declare
  owned text;
begin
  foreach owned in array array['subscriptions', 'upgrades', 'quotes', 'license_issues', 'billing_profiles', 'agreements']
  loop
    execute format(
      'alter policy partner on %I using ((select is_system()) or partner_id = (select current_partner()) and exists (
         select 1 from relationships r where r.customer_id = %I.customer_id and r.partner_id = (select current_partner())))',
      owned, owned);
  end loop;
end $$;
