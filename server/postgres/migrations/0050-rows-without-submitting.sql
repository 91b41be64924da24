-- A row is its server's for as long as the transaction that keeps its quote lasts; from then on the quote tells.
alter table campaign_rows drop column submitting;
