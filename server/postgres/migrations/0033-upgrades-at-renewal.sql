-- A renewal that carries out a product change that was scheduled for it leaves an upgrade. Nothing was quoted for it; who scheduled the change, and
-- when, stands in the subscription's `scheduled_change` from now on, and is unknown of those that were scheduled before.
alter table upgrades
  alter column quote_id drop not null,
  alter column submitted_by drop not null,
  add check ((quote_id is null) = (way = 'renewal')),
  add check (submitted_by is not null or way = 'renewal');

-- A term begins once.
create unique index upgrades_at_renewal on upgrades (customer_id, source_subscription_id, effective_on) where way = 'renewal';
