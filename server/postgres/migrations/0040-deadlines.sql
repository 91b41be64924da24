-- The last day before a subscription renews, ends or is gone by itself; the one by which `nextDeadline` goes where no window is open.
alter table subscriptions
  add column change_until date generated always as (
    case when channel = 'csp' and status in ('active', 'suspended') then coalesce(status_until - 1, term_ends_on) end) stored;
create index subscriptions_change_until on subscriptions (partner_id, change_until, subscription_id) where change_until is not null;
create index seat_batches_open on seat_batches (partner_id, removable_until);
