import { CAMPAIGN_TEXTS } from '../../contract/campaign-texts.ts';
import type { CampaignRowOnWire, CampaignRowState } from '../../contract/campaign-rows.ts';
import type { CampaignCandidateOnWire, CampaignOnWire, ListedCampaignOnWire } from '../../contract/campaigns.ts';
import { PROBLEM_TEXTS } from '../../contract/problems.ts';
import { may } from '../../core/access/may.ts';
import { CAMPAIGN_ACTS, type CampaignAct, isDraft, isPossible } from '../../core/campaigns/campaign-state.ts';
import { secondsLeft } from '../../core/campaigns/time-left.ts';
import { formatMoney } from '../../core/values/money.ts';
import type { Call } from '../context.ts';
import type { Cell } from '../../contract/csv.ts';
import { offerName, presentRefusal, type Wording } from '../http/reason.presenter.ts';
import { presentApprovalReason, revive } from '../upgrades/upgrade.presenter.ts';
import type { CampaignEntry, RowOutcome } from './campaign-row.store.ts';
import type { CampaignRow, CampaignSum } from './campaign.store.ts';
import type { Candidate } from './choose.store.ts';
import type { BadRow, Chosen, FileReading } from './chosen.ts';

/** A campaign as the reader sees it, and what the reader may do with it. */
export function presentCampaign(row: CampaignRow, call: Call, wording: Wording): CampaignOnWire {
  return {
    ...presentListed(row, call, wording),
    chosen: presentChosen(row.chosen, wording),
    approval: { reasons: row.approval_reasons.map(presentApprovalReason), approvers: [...(row.approvers ?? [])] },
  };
}

export function presentListed(row: CampaignRow, call: Call, wording: Wording): ListedCampaignOnWire {
  const rows = countRows(row);
  const { submitted_by: submittedBy, decided_by: decidedBy, decided_at: decidedAt } = row;
  const sum = (of: (one: CampaignSum) => number) => row.sums.reduce((all, one) => all + of(one), 0);
  const offerOf = (offerId: string | null) =>
    offerId === null ? null : { offerId, name: offerName(offerId, wording) };
  return {
    campaignId: row.campaign_id,
    name: row.name,
    state: row.state,
    acts: CAMPAIGN_ACTS.filter((act) => isOffered(act, row, call.actor)),
    source: offerOf(row.source_offer_id),
    target: offerOf(row.target_offer_id),
    upgradeType: row.upgrade_type,
    version: row.version,
    createdAt: moment(row.created_at),
    createdBy: { agentId: row.created_by, name: row.created_by_name },
    startsAt: momentOrNull(row.starts_at),
    plannedAt: momentOrNull(row.planned_at),
    effectiveOn: row.effective_on,
    rows,
    totals: {
      upgrades: sum(({ upgrades }) => upgrades),
      licenses: sum(({ licenses }) => licenses),
      users: sum(({ users }) => users),
      work: sum(({ work }) => work),
      needApproval: sum(({ needApproval }) => needApproval),
      money: row.sums.map(({ currency, creditMinor, chargeMinor, monthMinor }) =>
        moneyOf(currency, BigInt(creditMinor), BigInt(chargeMinor), BigInt(monthMinor)),
      ),
    },
    pace: {
      rowsPerMinute: row.rows_per_minute,
      minutes: Math.ceil((rows.eligible + rows.notStarted) / row.rows_per_minute),
    },
    submittedAt: momentOrNull(row.submitted_at),
    submittedBy: submittedBy === null ? null : { agentId: submittedBy, name: row.submitted_by_name ?? submittedBy },
    decision:
      decidedBy === null || decidedAt === null
        ? null
        : {
            approved: row.approved === true,
            at: moment(decidedAt),
            by: { agentId: decidedBy, name: row.decided_by_name ?? decidedBy },
            because: row.decided_because,
          },
    startedAt: momentOrNull(row.started_at),
    endedAt: momentOrNull(row.ended_at),
    progress: progressOf(row, rows, call),
  };
}

/** What is possible now, and the reader's role allows; nobody decides about what they submitted. */
function isOffered(
  act: CampaignAct,
  { state, submitted_by, started_at, counts }: CampaignRow,
  actor: Call['actor'],
): boolean {
  if (!isPossible(act, state)) return false;
  if (act === 'approve' || act === 'reject') {
    return may(actor.roles, 'approveUpgrades') && actor.userContext && submitted_by !== actor.agentId;
  }
  if (act === 'delete' && started_at !== null) return false;
  if (act === 'retry' && !counts['failed']) return false;
  return may(actor.roles, 'runCampaigns') && (act !== 'submit' || Boolean(counts['eligible']));
}

const ROW_STATES = Object.keys({
  planning: 0,
  eligible: 0,
  refused: 0,
  excluded: 0,
  notStarted: 0,
  running: 0,
  done: 0,
  refusedAtRun: 0,
  changed: 0,
  unknown: 0,
  failed: 0,
} satisfies Record<CampaignRowState, 0>) as CampaignRowState[];

function countRows({ counts, state }: CampaignRow): CampaignOnWire['rows'] {
  const shown = Object.fromEntries(ROW_STATES.map((one) => [one, counts[one] ?? 0])) as Record<
    CampaignRowState,
    number
  >;
  const total = Object.values(shown).reduce((all, one) => all + one, 0);
  return isDraft(state) ? { total, ...shown } : { total, ...shown, eligible: 0, notStarted: shown.eligible };
}

function progressOf(row: CampaignRow, rows: CampaignOnWire['rows'], { clock }: Call): CampaignOnWire['progress'] {
  const running = rows.running + rows.unknown;
  const failed = rows.refusedAtRun + rows.changed + rows.failed;
  const left = running + rows.notStarted;
  const runs = row.state === 'running' && row.started_at !== null;
  const seconds = runs
    ? (clock.now().epochMilliseconds - Temporal.Instant.from(row.started_at ?? '').epochMilliseconds) / 1000
    : 0;
  const { last_minute: lastMinute, rows_per_minute: rowsPerMinute } = row;
  return {
    total: left + rows.done + failed,
    done: rows.done,
    running,
    failed,
    secondsLeft: runs ? secondsLeft({ left, rowsPerMinute, lastMinute, seconds }) : null,
  };
}

export function presentCandidate(candidate: Candidate): CampaignCandidateOnWire {
  const { customerId, customerName, subscriptionId, friendlyName, quantity: licenses, endsOn } = candidate;
  return { customerId, customerName, subscriptionId, friendlyName, licenses, endsOn };
}

/** One row in the reader's language. */
export function presentRow(entry: CampaignEntry, campaign: CampaignRow, wording: Wording): CampaignRowOnWire {
  const { currency, credit_minor: credit, charge_minor: charge, month_minor: month } = entry;
  const offer = (offerId: string) => ({ offerId, name: offerName(offerId, wording) });
  return {
    place: entry.place,
    line: entry.line,
    customerId: entry.customer_id,
    customerName: entry.customer_name,
    subscriptionId: entry.subscription_id,
    friendlyName: entry.friendly_name,
    source: offer(entry.source_offer_id),
    target: offer(entry.target_offer_id),
    upgradeType: entry.upgrade_type,
    licenses: entry.licenses,
    state: entry.state === 'eligible' && !isDraft(campaign.state) ? 'notStarted' : entry.state,
    refusals: entry.refusals.map((refusal) => presentRefusal(revive(refusal), wording)),
    money:
      currency === null || credit === null || charge === null || month === null
        ? null
        : moneyOf(currency, credit, charge, month),
    users: entry.users,
    work: entry.work,
    approval: entry.approval_reasons.map(presentApprovalReason),
    upgradeId: entry.upgrade_id,
    outcome: entry.outcome && presentOutcome(entry.outcome, wording),
    finishedAt: momentOrNull(entry.finished_at),
  };
}

function presentOutcome(outcome: RowOutcome, wording: Wording): CampaignRowOnWire['outcome'] {
  const { code, differences } = outcome;
  const texts: Readonly<Record<string, { title: string; remedy: string }>> = PROBLEM_TEXTS[wording.language];
  return {
    code,
    title: texts[code]?.title ?? code,
    remedy: texts[code]?.remedy ?? '',
    refusals: outcome.refusals.map((refusal) => presentRefusal(revive(refusal), wording)),
    differences: differences.map((one) => ({ ...one, before: [...one.before], after: [...one.after] })),
  };
}

function presentChosen(chosen: Chosen, wording: Wording): CampaignOnWire['chosen'] {
  if (chosen.by === 'file') return { by: 'file', ...presentReading(chosen, wording) };
  if (chosen.by === 'hand') return chosen;
  const { customerIds, ...filter } = chosen;
  return { ...filter, ...(customerIds && { customerIds: [...customerIds] }) };
}

export function presentReading({ ignoredColumns, badRows, ...reading }: FileReading, { language }: Wording) {
  const words = CAMPAIGN_TEXTS[language].faults;
  const bad = badRows.map(({ line, column, text, fault }) => ({ line, column, text, problem: words[fault] }));
  return { ...reading, ignoredColumns: [...ignoredColumns], badRows: bad };
}

const COLUMNS = Object.keys(CAMPAIGN_TEXTS.en.columns) as (keyof typeof CAMPAIGN_TEXTS.en.columns)[];

/** The head of the report, and how each of its rows is written: those that were sent, and those of the file that were not understood. */
export function reportFile(campaign: CampaignRow, wording: Wording) {
  const { columns, rowStates, faults } = CAMPAIGN_TEXTS[wording.language];
  const cells = (of: Partial<Record<(typeof COLUMNS)[number], Cell>>) => COLUMNS.map((column) => of[column] ?? '');
  return {
    header: COLUMNS.map((column) => columns[column]),
    badRow: ({ line, text, fault }: BadRow) =>
      cells({ line: String(line), customer: text, status: rowStates.notRead, reason: faults[fault] }),
    row(entry: CampaignEntry) {
      const row = presentRow(entry, campaign, wording);
      const reasons = [...(row.outcome?.refusals ?? []), ...row.refusals].map(({ title }) => title);
      return cells({
        line: String(row.line ?? row.place),
        customer: row.customerName,
        customerId: row.customerId,
        subscriptionId: row.subscriptionId,
        from: row.source.name,
        to: row.target.name,
        licenses: String(row.licenses),
        status: rowStates[row.state],
        reason: reasons.length > 0 ? reasons.join(' / ') : (row.outcome?.title ?? ''),
        net: row.money ? { decimal: row.money.net.amount } : '',
        currency: row.money?.net.currency ?? '',
        users: String(row.users),
        work: String(row.work),
        upgradeId: row.upgradeId ?? '',
      });
    },
  };
}

function moneyOf(currency: string, credit: bigint, charge: bigint, month: bigint) {
  const money = (minor: bigint) => ({ amount: formatMoney({ minor, currency }), currency });
  return { credit: money(credit), charge: money(charge), net: money(credit + charge), perMonth: money(month) };
}

function moment(text: string): string {
  return Temporal.Instant.from(text).toString();
}

function momentOrNull(text: string | null): string | null {
  return text === null ? null : moment(text);
}
