-- Answers kept for repeats are forgotten after a day.
create index replies_age on replies (partner_id, created_at);
