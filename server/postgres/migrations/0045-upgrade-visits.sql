-- Who has the page open on which a subscription is upgraded, so that colleagues see each other there. It ends by itself unless it is renewed, and
-- keeps nobody from anything.
create table upgrade_visits (
  customer_id uuid not null,
  subscription_id uuid not null,
  partner_id uuid not null references partners,
  agent_id uuid not null,
  -- One of several pages that the agent may have open.
  visit_id uuid not null,
  since timestamptz not null,
  expires_at timestamptz not null,
  primary key (customer_id, subscription_id, partner_id, agent_id, visit_id),
  foreign key (customer_id, subscription_id) references subscriptions on delete cascade,
  foreign key (partner_id, agent_id) references agents on delete cascade
);
create index upgrade_visits_expires on upgrade_visits (expires_at);

alter table upgrade_visits enable row level security, force row level security;
create policy partner on upgrade_visits using (
  partner_id = (select current_partner()) and (customer_id = (select customer_in_hand()) or sees_customer(customer_id))
  or (select is_system()));
