-- What a partner has put together for a customer before ordering it. Reasons against a line are not kept: they are decided whenever it is looked at.

create table carts (
  customer_id uuid not null references customers,
  cart_id uuid not null,
  partner_id uuid not null references partners,
  lines jsonb not null,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  modified_by uuid not null,
  expires_at timestamptz not null,
  ordered_at timestamptz,
  primary key (customer_id, cart_id),
  foreign key (partner_id, modified_by) references agents
);

alter table carts enable row level security, force row level security;
create policy partner on carts using (partner_id = (select current_partner()) or (select is_system()));
