-- An upgrade that waits may be billed from the day that was shown only as long as what takes its seats, too, is what it was.
alter table quotes add column target_version integer;
