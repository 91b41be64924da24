-- The faults that a sandbox injects, with how often each rule was asked and struck: in the row that every server of it reads anew.

alter table deployment add column faults jsonb not null default '{"seed": 0, "rules": []}';
