-- How far a partner's log was verified: from its mark on when there are new seals, and once a day as a whole, in steps.
create table audit_verifications (
  partner_id uuid primary key references partners,
  -- The last seal that was recomputed, with its hash in hexadecimal, and when; 0: none was.
  mark_number integer not null default 0,
  mark_hash text not null default repeat('0', 64),
  marked_at timestamptz,
  -- What was found broken on the way to the mark and no whole verification has looked at since.
  breaks jsonb not null default '[]',
  -- When the last whole verification began, and how far it has come; null: none is under way.
  began_at timestamptz,
  progress jsonb,
  -- What the last whole verification that came to its end has found.
  whole jsonb
);
alter table audit_verifications enable row level security, force row level security;
create policy partner on audit_verifications using (partner_id = (select current_partner()) or (select is_system()));

-- What the queue has of each webhook, so that no partner takes more than its share of the deliveries at a time.
create index event_deliveries_queued on event_deliveries (partner_id, webhook_id, due_at) where state = 'pending' and queued;
create index webhook_deliveries_queued on webhook_deliveries (partner_id) where state = 'pending' and queued;
