-- A row is its server's for as long as the transaction that keeps its quote lasts; from then on the quote tells.
alter table campaign_rows drop column submitting;

-- How a file was read says more now; those of before were UTF-8.
update campaigns set chosen = '{"encoding":"utf-8","zippedAs":null,"restoredIds":0}' || chosen where chosen->>'by' = 'file';
