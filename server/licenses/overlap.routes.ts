import { OVERLAP_TEXTS } from '../../contract/overlaps.ts';
import { utcDay } from '../../core/values/period.ts';
import { accepted } from '../../core/values/result.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import { moneyOf } from '../http/sold.presenter.ts';
import { listOverlaps, reportOverlaps } from './list-overlaps.ts';
import { overlapCells, presentCustomerOverlap, presentOverlap } from './overlap.presenter.ts';

/** Nobody reads a longer list on a screen. */
const MOST_SHOWN = 300;

export function overlapRoutes(mount: Mount): void {
  mount.signedIn('listOverlaps', async ({ call, params, wording }) => {
    const found = await listOverlaps(call, params.customerId);
    if (!found.ok) return found;
    const today = utcDay(call.clock.now());
    return accepted({ items: found.value.map((one) => presentOverlap(one, today, wording)) });
  });
  mount.signedIn('reportOverlaps', async ({ call, wording, request, reply }) => {
    const outcome = await reportOverlaps(call);
    if (!outcome.ok) return outcome;
    const { found, perMonth, lookedAt, all } = outcome.value;
    const today = utcDay(call.clock.now());
    const present = (one: (typeof found)[number]) => presentCustomerOverlap(one, today, wording);
    if (wantsCsv(request.headers.accept)) {
      const { language } = wording;
      const header = OVERLAP_TEXTS[language].columns;
      const cells = (one: (typeof found)[number]) => overlapCells(present(one));
      await sendCsv(reply, { name: datedName('overlaps', call), language, header, lots: [found], cells });
    }
    return accepted({
      items: found.slice(0, MOST_SHOWN).map(present),
      found: found.length,
      perMonth: moneyOf(perMonth),
      customers: { lookedAt, all },
    });
  });
}
