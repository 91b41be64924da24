import type { UpgradeType } from '../../core/customers/relationship.ts';
import type { ApprovalReason } from '../../core/upgrades/approval.ts';
import type { QuotedPromise } from '../../core/upgrades/quote.ts';
import type { Transaction } from '../postgres/database.ts';
import type { RowOutcome } from './campaign-row.store.ts';

/** How long a server may be silent about a row before it counts as gone. */
const LEASE = `interval '30 seconds'`;

/** A row that is under way, as whoever sends it needs it. */
export type RowUnderWay = {
  readonly partner_id: string;
  readonly customer_id: string;
  readonly campaign_id: string;
  readonly place: number;
  readonly subscription_id: string;
  readonly target_offer_id: string;
  readonly upgrade_type: UpgradeType;
  readonly asked_quantity: number | null;
  readonly quote_id: string;
  readonly submitted_by: string;
  /** What its quote must promise. */
  readonly promised: QuotedPromise;
  /** What a second agent has said yes to. */
  readonly settled: readonly ApprovalReason['name'][];
};

/**
 * Takes the next row of the partner whose turn it is, and whose pace allows it; it is under way from then on, and nobody else takes it. After a pause
 * a partner may send at once what it could have sent within a second.
 */
export async function takeRow(tx: Transaction, quoteId: string): Promise<RowUnderWay | undefined> {
  const [row] = await tx.query<RowUnderWay>(
    `with turn as materialized (
       select w.partner_id, w.rows_per_minute from campaign_paces w
       where w.next_at <= clock_timestamp() and exists (
         select 1 from campaigns c join campaign_rows r on r.partner_id = c.partner_id and r.campaign_id = c.campaign_id
         where c.partner_id = w.partner_id and c.state = 'running' and r.state = 'eligible' and not r.left_out)
       order by w.taken_at limit 1 for update of w skip locked),
     running as materialized (
       select c.* from turn t join campaigns c on c.partner_id = t.partner_id and c.state = 'running'
       where exists (select 1 from campaign_rows r where r.partner_id = c.partner_id and r.campaign_id = c.campaign_id
         and r.state = 'eligible' and not r.left_out)
       order by c.started_at, c.campaign_id limit 1 for share of c skip locked),
     next as materialized (
       select n.*, c.submitted_by,
         case when c.approved then array(select jsonb_array_elements(c.approval_reasons)->>'name') else '{}' end as settled
       from running c cross join lateral (
         select r.customer_id, r.campaign_id, r.place from campaign_rows r
         where r.partner_id = c.partner_id and r.campaign_id = c.campaign_id and r.state = 'eligible' and not r.left_out
         order by r.place limit 1 for update skip locked) n),
     moved as (
       update campaign_paces w set taken_at = clock_timestamp(),
         next_at = greatest(w.next_at, clock_timestamp() - interval '1 second') + interval '1 minute' / t.rows_per_minute
       from turn t where w.partner_id = t.partner_id and exists (select 1 from next))
     update campaign_rows r set state = 'running', quote_id = $1, attempts = r.attempts + 1,
       lease_until = clock_timestamp() + ${LEASE}
     from next n where r.customer_id = n.customer_id and r.campaign_id = n.campaign_id and r.place = n.place
     returning r.partner_id, r.customer_id, r.campaign_id, r.place, r.subscription_id, r.target_offer_id, r.upgrade_type,
       r.asked_quantity, r.quote_id, r.promised, n.submitted_by, n.settled`,
    [quoteId],
    'take-campaign-row',
  );
  return row;
}

/**
 * Whether a row is still this server's, and stays so until the end of the transaction: nobody finds its server gone meanwhile. What the transaction has
 * written of its quote is then there for whoever looks into the row.
 */
export async function holdsRow(
  tx: Transaction,
  { customer_id, campaign_id, place, quote_id }: RowUnderWay,
): Promise<boolean> {
  const [held] = await tx.query<{ state: string; quote_id: string | null }>(
    'select state, quote_id from campaign_rows where customer_id = $1 and campaign_id = $2 and place = $3 for share',
    [customer_id, campaign_id, place],
    'hold-campaign-row',
  );
  return held?.state === 'running' && held.quote_id === quote_id;
}

export type RowEnding =
  | { readonly state: 'done'; readonly upgradeId: string }
  | { readonly state: 'refusedAtRun' | 'changed' | 'failed'; readonly outcome: RowOutcome }
  /** To be sent again. */
  | { readonly state: 'eligible' }
  /** Somebody has to look what became of it. */
  | { readonly state: 'unknown' };

export type EndedRow = Pick<RowUnderWay, 'customer_id' | 'campaign_id' | 'place' | 'quote_id'> & {
  readonly ending: RowEnding;
};

/** Ends what was under way, unless somebody else did. */
export async function endRows(tx: Transaction, ended: readonly EndedRow[], now: Temporal.Instant): Promise<void> {
  const rows = ended.map(({ customer_id, campaign_id, place, quote_id, ending }) => {
    const isOver = ending.state !== 'eligible' && ending.state !== 'unknown';
    return {
      customer_id,
      campaign_id,
      place,
      quote_id,
      state: ending.state,
      upgrade_id: ending.state === 'done' ? ending.upgradeId : null,
      outcome: 'outcome' in ending ? ending.outcome : null,
      finished_at: isOver ? now.toString() : null,
    };
  });
  await tx.query(
    `update campaign_rows r set state = e.state, upgrade_id = e.upgrade_id, outcome = e.outcome, finished_at = e.finished_at,
       quote_id = case when e.state = 'eligible' then null else r.quote_id end
     from jsonb_to_recordset($1::jsonb) as e (customer_id uuid, campaign_id uuid, place integer, quote_id uuid, state text,
       upgrade_id uuid, outcome jsonb, finished_at timestamptz)
     where r.customer_id = e.customer_id and r.campaign_id = e.campaign_id and r.place = e.place and r.quote_id = e.quote_id
       and r.state in ('running', 'unknown')`,
    [JSON.stringify(rows)],
    'end-campaign-rows',
  );
}

/** Rows whose servers are gone are to be looked into. */
export async function markLost(tx: Transaction): Promise<void> {
  await tx.query(
    `update campaign_rows set state = 'unknown' where state = 'running' and lease_until < clock_timestamp()`,
    [],
    'mark-lost-rows',
  );
}

export type UnknownRow = Pick<RowUnderWay, 'customer_id' | 'campaign_id' | 'place' | 'quote_id'> & {
  readonly attempts: number;
};

export async function findUnknown(tx: Transaction, most: number): Promise<UnknownRow[]> {
  return tx.query<UnknownRow>(
    `select customer_id, campaign_id, place, quote_id, attempts from campaign_rows where state = 'unknown' order by lease_until limit $1`,
    [most],
    'find-unknown-rows',
  );
}

/** What became of the quote of a row; it can do nothing any more if it has done nothing. The customer must be held. */
export async function settleQuote(
  tx: Transaction,
  { customer_id, quote_id }: Pick<RowUnderWay, 'customer_id' | 'quote_id'>,
): Promise<string | null> {
  const [quote] = await tx.query<{ upgrade_id: string | null }>(
    `update quotes set expires_at = case when upgrade_id is null then least(expires_at, created_at - interval '1 second') else expires_at end
     where customer_id = $1 and quote_id = $2 returning upgrade_id`,
    [customer_id, quote_id],
  );
  return quote?.upgrade_id ?? null;
}

/** Whether there is anything to plan, and anything to do at all, of whatever partner. */
export async function findWork(tx: Transaction): Promise<{ readonly planning: boolean; readonly any: boolean }> {
  const [found] = await tx.query<{ planning: boolean; others: boolean }>(
    `select exists (select 1 from campaigns where state = 'planning') as planning,
       exists (select 1 from campaigns where state in ('scheduled', 'running', 'pausing'))
         or exists (select 1 from campaign_rows where state in ('running', 'unknown')) as others`,
    [],
    'campaign-work',
  );
  const planning = found?.planning === true;
  return { planning, any: planning || found?.others === true };
}

type MovedCampaign = { readonly partner_id: string; readonly campaign_id: string; readonly state: string };

/** Those whose moment has come begin to run. */
export async function startDue(tx: Transaction, now: Temporal.Instant): Promise<MovedCampaign[]> {
  return tx.query<MovedCampaign>(
    `update campaigns set state = 'running', started_at = $1 where state = 'scheduled' and starts_at <= $1
     returning partner_id, campaign_id, state`,
    [now.toString()],
    'start-campaigns',
  );
}

/** Those that have nothing under way are paused, or done where nothing is left either. */
export async function closeEnded(tx: Transaction, now: Temporal.Instant): Promise<MovedCampaign[]> {
  return tx.query<MovedCampaign>(
    `update campaigns c set state = case c.state when 'pausing' then 'paused' else 'done' end,
       ended_at = case c.state when 'pausing' then null else $1::timestamptz end
     where c.state in ('running', 'pausing') and not exists (
         select 1 from campaign_rows r where r.partner_id = c.partner_id and r.campaign_id = c.campaign_id
           and r.state in ('running', 'unknown'))
       and (c.state = 'pausing' or not exists (
         select 1 from campaign_rows r where r.partner_id = c.partner_id and r.campaign_id = c.campaign_id
           and r.state = 'eligible' and not r.left_out))
     returning c.partner_id, c.campaign_id, c.state`,
    [now.toString()],
    'close-campaigns',
  );
}
