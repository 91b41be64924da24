-- When a client last got a token, to the minute: a list of clients shows which are no longer used.

alter table api_clients add column last_used_at timestamptz;
