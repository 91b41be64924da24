-- Many upgrades that are planned and run together.
create table campaigns (
  partner_id uuid not null references partners,
  campaign_id uuid not null,
  name text not null,
  state text not null check (state in (
    'planning', 'planned', 'waitingForApproval', 'scheduled', 'running', 'pausing', 'paused', 'stopped', 'done')),
  -- Null: the rows of a file differ.
  source_offer_id text,
  target_offer_id text,
  upgrade_type text not null,
  -- How its rows were chosen, with those of a file that were not understood.
  chosen jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid not null,
  starts_at timestamptz,
  planned_at timestamptz,
  effective_on date not null,
  submitted_at timestamptz,
  submitted_by uuid,
  approval_reasons jsonb not null default '[]',
  approved boolean,
  decided_at timestamptz,
  decided_by uuid,
  decided_because text,
  started_at timestamptz,
  ended_at timestamptz,
  primary key (partner_id, campaign_id)
);
create index campaigns_to_work_on on campaigns (state) where state in ('planning', 'scheduled', 'running', 'pausing');

create table campaign_rows (
  customer_id uuid not null references customers,
  campaign_id uuid not null,
  place integer not null check (place > 0),
  partner_id uuid not null,
  -- Of the file.
  line integer,
  subscription_id uuid not null,
  source_offer_id text not null,
  target_offer_id text not null,
  upgrade_type text not null,
  -- The seats that were asked for; null: all.
  asked_quantity integer,
  state text not null default 'planning' check (state in (
    'planning', 'eligible', 'refused', 'running', 'done', 'refusedAtRun', 'changed', 'unknown', 'failed')),
  left_out boolean not null default false,
  licenses integer not null,
  refusals jsonb not null default '[]',
  -- What the quote at run time must promise.
  promised jsonb,
  currency text,
  credit_minor bigint,
  charge_minor bigint,
  month_minor bigint,
  users integer not null default 0,
  work integer not null default 0,
  approval_reasons jsonb not null default '[]',
  attempts integer not null default 0,
  -- Of the quote that is made for it while it is under way: whoever does not hold it any more does nothing.
  quote_id uuid,
  -- True from when the quote was found to be what was planned: from here on, only the quote tells whether the upgrade was done.
  submitting boolean not null default false,
  -- By the clock of the database, which no sandbox moves.
  lease_until timestamptz,
  upgrade_id uuid,
  outcome jsonb,
  finished_at timestamptz,
  primary key (customer_id, campaign_id, place),
  unique (customer_id, campaign_id, subscription_id),
  foreign key (partner_id, campaign_id) references campaigns
);
create unique index campaign_rows_place on campaign_rows (partner_id, campaign_id, place);
create index campaign_rows_to_plan on campaign_rows (partner_id, campaign_id, place) where state = 'planning';
create index campaign_rows_to_send on campaign_rows (partner_id, campaign_id, place) where state = 'eligible' and not left_out;
create index campaign_rows_under_way on campaign_rows (lease_until) where state in ('running', 'unknown');

-- How fast the campaigns of a partner run, when its next row may begin, and when one did last: partners take turns.
create table campaign_paces (
  partner_id uuid not null primary key references partners,
  rows_per_minute integer not null check (rows_per_minute between 1 and 60000),
  next_at timestamptz not null default '-infinity',
  taken_at timestamptz not null default '-infinity'
);

do $$
declare
  owned text;
begin
  foreach owned in array array['campaigns', 'campaign_paces']
  loop
    execute format('alter table %I enable row level security, force row level security', owned);
    execute format(
      'create policy partner on %I using (partner_id = (select current_partner()) or (select is_system()))', owned);
  end loop;
end $$;
alter table campaign_rows enable row level security, force row level security;
create policy partner on campaign_rows
  using (partner_id = (select current_partner()) and (customer_id = (select customer_in_hand())
      or customer_id in (select r.customer_id from relationships r where r.partner_id = (select current_partner())))
    or (select is_system()));
