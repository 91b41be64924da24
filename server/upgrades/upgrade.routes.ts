import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { compareUpgrade } from './compare-upgrade.ts';
import { presentComparedUpgrade } from './comparison.presenter.ts';
import { approveUpgrade, rejectUpgrade, withdrawUpgrade } from './decide-approval.ts';
import { listUpgrades, showQuote, showUpgrade } from './find-upgrades.ts';
import { quoteUpgrade } from './quote-upgrade.ts';
import { presentQuote, presentUpgrade } from './upgrade.presenter.ts';
import { upgradeSubscription } from './upgrade-subscription.ts';

export function upgradeRoutes(mount: Mount): void {
  mount.signedIn('quoteUpgrade', async ({ call, params, body, wording }) => {
    const quoted = await quoteUpgrade(call, { ...params, ...body });
    return quoted.ok ? accepted(presentQuote(quoted.value, null, wording)) : quoted;
  });
  mount.signedIn('compareUpgrade', async ({ call, params, body, wording }) => {
    const compared = await compareUpgrade(call, { ...params, ...body });
    return compared.ok ? accepted(presentComparedUpgrade(compared.value, body.targetOfferId, wording)) : compared;
  });
  mount.signedIn('showQuote', async ({ call, params, wording }) => {
    const found = await showQuote(call, params);
    return found.ok ? accepted(presentQuote(found.value.shown, found.value.upgrade_id, wording)) : found;
  });
  mount.signedIn('submitQuote', async ({ call, params, wording }) => {
    const done = await upgradeSubscription(call, params);
    return done.ok ? accepted(presentUpgrade(done.value, wording)) : done;
  });
  mount.signedIn('listUpgrades', async ({ call, params, query, wording }) => {
    const listed = await listUpgrades(call, params.customerId, query);
    if (!listed.ok) return listed;
    const { rows, nextCursor } = listed.value;
    return accepted({ items: rows.map((row) => presentUpgrade(row, wording)), nextCursor });
  });
  mount.signedIn('approveUpgrade', async ({ call, params, wording }) => {
    const decided = await approveUpgrade(call, params);
    return decided.ok ? accepted(presentUpgrade(decided.value, wording)) : decided;
  });
  mount.signedIn('rejectUpgrade', async ({ call, params, body, wording }) => {
    const decided = await rejectUpgrade(call, { ...params, ...body });
    return decided.ok ? accepted(presentUpgrade(decided.value, wording)) : decided;
  });
  mount.signedIn('withdrawUpgrade', async ({ call, params, wording }) => {
    const withdrawn = await withdrawUpgrade(call, params);
    return withdrawn.ok ? accepted(presentUpgrade(withdrawn.value, wording)) : withdrawn;
  });
  mount.signedIn('showUpgrade', async ({ call, params, wording }) => {
    const found = await showUpgrade(call, params);
    return found.ok ? accepted(presentUpgrade(found.value, wording)) : found;
  });
}
