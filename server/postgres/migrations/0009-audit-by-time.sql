-- Audit records are read by partner, the newest first.
create index audit_records_partner on audit_records (partner_id, at desc, audit_id desc);
