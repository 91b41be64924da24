import type { JudgedUser } from '../../core/imports/judge-users.ts';
import type { UserFact } from '../../core/imports/record.ts';
import type { LicenseHolder } from '../../core/licenses/update-licenses.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { saveLicenses } from '../licenses/license.store.ts';
import { auditLicenses } from '../licenses/license-audit.store.ts';
import type { Transaction } from '../postgres/database.ts';
import { saveUser } from '../users/user.store.ts';
import type { FactRow } from './record.store.ts';

type Of = { readonly customerId: string; readonly importId: string; readonly takenIds: ReadonlySet<string> };
type Row = FactRow<UserFact> & { readonly judged: JudgedUser };

/** Creates users, changes what a file says otherwise of them, and gives them the licenses that they lack. */
export async function addUsers(tx: Transaction, call: Call, of: Of, rows: readonly Row[]): Promise<void> {
  const licensed: { holder: LicenseHolder; userId: string; given: JudgedUser['given']; removed: [] }[] = [];
  for (const { fact, judged } of rows) {
    if (judged.state !== 'new' && judged.state !== 'changed') continue;
    const holder = await save(tx, call, of, fact, judged);
    if (judged.given.length > 0) licensed.push({ holder, userId: holder.userId, given: judged.given, removed: [] });
  }
  if (licensed.length === 0) return;
  await saveLicenses(tx, of.customerId, licensed);
  await saveAudit(
    tx,
    licensed.map(({ holder, ...change }) => auditLicenses(call, of.customerId, holder, change)),
  );
}

async function save(
  tx: Transaction,
  call: Call,
  { customerId, importId, takenIds }: Of,
  fact: UserFact,
  judged: JudgedUser,
): Promise<LicenseHolder> {
  const { known } = judged;
  const isFree = fact.userId !== undefined && !takenIds.has(fact.userId);
  const userId = known?.userId ?? (isFree ? fact.userId : undefined) ?? call.newId();
  const user = {
    user_id: userId,
    user_principal_name: known?.userPrincipalName ?? fact.signInName,
    display_name: fact.displayName,
    first_name: fact.firstName ?? known?.firstName ?? null,
    last_name: fact.lastName ?? known?.lastName ?? null,
    usage_location: fact.usageLocation ?? known?.usageLocation ?? null,
  };
  const fields = judged.state === 'changed' ? Object.keys(judged.before).filter((name) => name !== 'skuIds') : [];
  if (!known || fields.length > 0) {
    const action = known ? ('user.updated' as const) : ('user.created' as const);
    const after = { usageLocation: user.usage_location, ...(known && { fields }) };
    await saveUser(tx, customerId, user, [
      toAuditRow(call, { customerId, action, subjectId: userId, details: { after, importId } }),
    ]);
  }
  return (
    known ?? {
      userId,
      displayName: user.display_name,
      userPrincipalName: user.user_principal_name,
      usageLocation: user.usage_location,
      licenses: [],
      sharedAddresses: [],
    }
  );
}
