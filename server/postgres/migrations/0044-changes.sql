-- What changes is announced to every server on this database when the act commits: for whom, which act, and ids. Whoever hears of it asks for the
-- rest with their own rights.
create function announce_change(of_partner uuid, of_customer uuid, by_act text, on_subject text) returns void language sql as $$
  select pg_notify('yukselt_changes', json_build_object('partnerId', of_partner, 'customerId', of_customer, 'act', by_act,
    'subjectId', left(on_subject, 200))::text)
$$;

-- Every act writes an audit row in its own transaction, so that no act can forget to announce itself. Many rows of one kind are announced once.
create function announce_audited() returns trigger language plpgsql as $$
begin
  perform announce_change(i.partner_id, nullif(i.customer_id, i.partner_id), i.action,
    case when count(*) = 1 then min(i.subject_id) end)
  from inserted i
  where i.outcome = 'done'
  group by i.partner_id, i.customer_id, i.action;
  return null;
end $$;
create trigger audit_records_announced after insert on audit_records
  referencing new table as inserted for each statement execute function announce_audited();
