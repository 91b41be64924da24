-- Upgrades that wait: for a second agent, or for the cooling-off delay to pass.

create table approval_policies (
  partner_id uuid primary key references partners,
  always boolean not null,
  net_above_minor bigint check (net_above_minor >= 0),
  currency text,
  users_above integer check (users_above >= 0),
  work_above integer check (work_above >= 0),
  time_zone text,
  office_days integer[],
  office_from text,
  office_until text,
  delay_minutes integer not null check (delay_minutes between 0 and 1440),
  check ((net_above_minor is null) = (currency is null)),
  check (num_nulls(time_zone, office_days, office_from, office_until) in (0, 4))
);

alter table approval_policies enable row level security, force row level security;
create policy partner on approval_policies using (partner_id = (select current_partner()) or (select is_system()));

-- The target is there once it is applied.
alter table upgrades
  alter column target_subscription_id drop not null,
  -- Why a second agent is asked.
  add column approval_reasons jsonb not null default '[]',
  -- While an approval is waited for: until when. While it is held: when it is applied.
  add column due_at timestamptz,
  -- For how long it is held once nobody needs to be asked.
  add column delay_minutes integer not null default 0,
  -- Who approved, rejected or withdrew it; null where nobody did.
  add column decided_at timestamptz,
  add column decided_by uuid,
  add column decided_because text,
  -- What differs and what stands in the way, of one that was given back.
  add column returned jsonb,
  add check ((state = 'applied') = (target_subscription_id is not null)),
  add check ((state = 'applied') = (applied_at is not null)),
  add check (state not in ('waitingForApproval', 'held') or due_at is not null),
  add check (state <> 'refused' or returned is not null);

-- One at a time waits for a subscription.
create unique index upgrades_waiting on upgrades (customer_id, source_subscription_id)
  where state in ('waitingForApproval', 'held');
create index upgrades_due on upgrades (due_at, upgrade_id) where state in ('waitingForApproval', 'held');
-- Lists and counts of a partner, across its customers.
create index upgrades_of_partner on upgrades (partner_id, upgrade_id);
create index upgrades_not_applied on upgrades (partner_id, state) where state <> 'applied';
create index license_issues_open on license_issues (partner_id, customer_id, upgrade_id) where status = 'open';
