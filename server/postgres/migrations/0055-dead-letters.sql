-- What failed for good waits for a person, who has it sent again or discards it; a discarded row stays in the history that it belongs to.
alter table webhook_deliveries add column discarded_at timestamptz;
alter table event_deliveries add column discarded_at timestamptz;
alter table mails add column discarded_at timestamptz;

create index webhook_deliveries_dead on webhook_deliveries (partner_id) where state = 'failed' and discarded_at is null;
create index event_deliveries_dead on event_deliveries (partner_id) where state = 'failed' and discarded_at is null;
create index mails_dead on mails (partner_id) where state = 'failed' and discarded_at is null;
