import type { PathSwitch, UpgradePath } from '../../core/catalog/upgrade-path.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { findPathSwitches, savePathSwitch } from './path.store.ts';

export type SwitchedPath = { readonly path: UpgradePath; readonly switched: PathSwitch | undefined };

/** All upgrade paths with the partner's own word on each. Refused: role. */
export async function listPaths({ actor, catalog, database }: Call): Promise<Outcome<SwitchedPath[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  const switches = await database.read(partnerId, (tx) => findPathSwitches(tx, partnerId));
  return accepted(catalog.paths.map((path) => ({ path, switched: switches.get(path.pathId) })));
}

/** Switches a path on or off for the partner, for markets and days (R2). Refused: role, unknown path, one ruled out by name. */
export async function switchPath(call: Call, wanted: PathSwitch): Promise<Outcome<SwitchedPath>> {
  const { actor, catalog, database } = call;
  const allowed = checkRole(actor.roles, 'switchPaths');
  if (!allowed.ok) return allowed;
  const path = catalog.paths.find((one) => one.pathId === wanted.pathId);
  if (!path) return notFound('path', wanted.pathId);
  if (path.standing === 'refused') return refused({ code: 'path-refused-by-name' });
  const { partnerId } = actor.partner;
  const { pathId, enabled, markets, validFrom, validUntil } = wanted;
  const audit = toAuditRow(call, {
    customerId: partnerId,
    action: 'path.switched',
    subjectId: pathId,
    details: { enabled, markets, validFrom: validFrom?.toString(), validUntil: validUntil?.toString() },
  });
  await database.write(partnerId, (tx) => savePathSwitch(tx, partnerId, wanted, audit));
  return accepted({ path, switched: wanted });
}
