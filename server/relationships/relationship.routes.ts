import { RELATIONSHIP_TEXTS } from '../../contract/relationships.ts';
import { accepted } from '../../core/values/result.ts';
import { datedName, sendCsv } from '../http/csv-file.ts';
import { wantsCsv } from '../http/language.ts';
import type { Mount } from '../http/mount.ts';
import type { Mailing } from '../mail/mail.store.ts';
import { composeAgain, sendRequest, withdrawRequest } from './change-request.ts';
import { exportRelationships, listRelationships, listRequests } from './list-relationships.ts';
import { presentOverview, presentRelationship, presentRequest, toOverviewCells } from './relationship.presenter.ts';
import { draftRequest, requestRelationship } from './request-relationship.ts';
import { revokePrivileges } from './revoke-privileges.ts';
import { showRelationship } from './show-relationship.ts';

/** Where links lead, and whether mail can be sent. */
export type Outside = { readonly publicUrl: () => string; readonly mailing: () => Mailing };

export function relationshipRoutes(mount: Mount, { publicUrl, mailing }: Outside): void {
  mount.signedIn('listRelationships', async ({ call, query, language, request, reply }) => {
    if (wantsCsv(request.headers.accept)) {
      const exported = await exportRelationships(call, query);
      if (!exported.ok) return exported;
      await sendCsv(reply, {
        name: datedName('relationships', call),
        language,
        header: RELATIONSHIP_TEXTS[language].columns,
        lots: exported.value,
        cells: (row) => toOverviewCells(row, call.clock.now(), language),
      });
      return accepted({ items: [], nextCursor: null });
    }
    const found = await listRelationships(call, query);
    if (!found.ok) return found;
    const { rows, nextCursor } = found.value;
    return accepted({ items: rows.map((row) => presentOverview(row, call.clock.now())), nextCursor });
  });
  mount.signedIn('showRelationship', async ({ call, params, language }) => {
    const found = await showRelationship(call, params.customerId);
    return found.ok ? accepted(presentRelationship(found.value, call.clock.now(), language)) : found;
  });
  mount.signedIn('revokePrivileges', ({ call, params }) => revokePrivileges(call, params));
  mount.signedIn('listRelationshipRequests', async ({ call, query, language }) => {
    const found = await listRequests(call, query.state);
    return found.ok ? accepted({ items: found.value.map((one) => presentRequest(one, language)) }) : found;
  });
  mount.signedIn('draftRelationshipRequest', async ({ call, body }) => {
    const drafted = await draftRequest(call, body);
    return drafted.ok ? accepted({ ...drafted.value, mailing: mailing() }) : drafted;
  });
  mount.signedIn('requestRelationship', async ({ call, body }) => {
    const made = await requestRelationship(call, body, publicUrl());
    return made.ok ? accepted({ ...made.value, mailing: mailing() }) : made;
  });
  mount.signedIn('composeRequestEmail', async ({ call, params }) => {
    const composed = await composeAgain(call, params.requestId, publicUrl());
    return composed.ok ? accepted({ ...composed.value, mailing: mailing() }) : composed;
  });
  mount.signedIn('sendRequestEmail', async ({ call, params, language }) => {
    const sent = await sendRequest(call, params.requestId, { publicUrl: publicUrl(), mailing: mailing() });
    return sent.ok ? accepted(presentRequest(sent.value, language)) : sent;
  });
  mount.signedIn('withdrawRequest', async ({ call, params, language }) => {
    const withdrawn = await withdrawRequest(call, params.requestId);
    return withdrawn.ok ? accepted(presentRequest(withdrawn.value, language)) : withdrawn;
  });
}
