import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { presentEvidence } from './evidence.presenter.ts';
import { listWatches, removeWatch, setWatch } from './keep-watches.ts';
import { presentLetter } from './letter.presenter.ts';
import { checkWatch } from './look-again.ts';
import { showEvidence, writeLetter } from './show-evidence.ts';
import { presentWatch } from './watch.presenter.ts';

export function watchRoutes(mount: Mount): void {
  mount.signedIn('showEvidence', async ({ call, params, query, wording }) => {
    const shown = await showEvidence(call, { ...params, targetOfferId: query.to });
    return shown.ok ? accepted(presentEvidence(shown.value, wording)) : shown;
  });
  mount.signedIn('writeLetter', async ({ call, params, body: { targetOfferId, language }, wording }) => {
    const written = await writeLetter(call, { ...params, targetOfferId });
    if (!written.ok) return written;
    const { displayName, partner } = call.actor;
    const sender = { displayName, partnerName: partner.name };
    // The letter is in the customer's language, the watch in that of the agent.
    const letter = presentLetter(written.value, sender, { ...wording, language });
    const { watch } = written.value;
    return accepted({ language, ...letter, watch: watch && presentWatch(watch, wording) });
  });
  mount.signedIn('setWatch', async ({ call, params, body, wording }) => {
    const set = await setWatch(call, { ...params, ...body });
    return set.ok ? accepted(presentWatch(set.value, wording)) : set;
  });
  mount.signedIn('checkWatch', async ({ call, params, wording }) => {
    const checked = await checkWatch(call, params);
    return checked.ok ? accepted(presentWatch(checked.value, wording)) : checked;
  });
  mount.signedIn('removeWatch', ({ call, params }) => removeWatch(call, params));
  mount.signedIn('listWatches', async ({ call, query: { customerId, limit, cursor }, wording }) => {
    const listed = await listWatches(call, { customerId, limit, before: cursor });
    if (!listed.ok) return listed;
    const { watches, nextCursor } = listed.value;
    return accepted({ items: watches.map((watch) => presentWatch(watch, wording)), nextCursor });
  });
}
