import { expireAudit } from './audit/expire-audit.ts';
import { verifyAuditLogs } from './audit/keep-verifying.ts';
import { sealAudit } from './audit/seal-audit.ts';
import type { Context } from './context.ts';
import { clearSignIns } from './identity/clear-sign-ins.ts';
import type { Routine } from './jobs/routine.ts';
import { runCampaigns } from './campaigns/run-campaigns.ts';
import { closeMonths } from './ledger/close-months.ts';
import { warnOfEndsRoutine } from './relationships/warn-of-ends.ts';
import { keepUpToDate } from './subscriptions/keep-up-to-date.ts';
import { applyDueUpgrades } from './upgrades/apply-due-upgrades.ts';
import { clearVisitsRoutine } from './visits/clear-visits.ts';
import { watchRoutine } from './watches/look-again.ts';
import { webhookUpkeep } from './webhooks/switch-off-failing.ts';

/** All that the server does by the clock. */
export function routinesOf(context: Context): Routine[] {
  return [
    clearSignIns(context),
    clearVisitsRoutine(context),
    sealAudit(context),
    verifyAuditLogs(context),
    expireAudit(context),
    webhookUpkeep(context),
    keepUpToDate(context),
    applyDueUpgrades(context),
    watchRoutine(context),
    warnOfEndsRoutine(context),
    closeMonths(context),
    runCampaigns(context),
  ];
}
