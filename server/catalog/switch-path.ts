import type { PathSwitch, UpgradePath } from '../../core/catalog/upgrade-path.ts';
import { withMatrices } from '../../core/imports/offer-matrix.ts';
import { accepted, refused } from '../../core/values/result.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import { checkRole, notFound, type Outcome } from '../failure.ts';
import { deletePathSwitch, findMatrices, findPathSwitches, savePathSwitch } from './path.store.ts';

export type SwitchedPath = { readonly path: UpgradePath; readonly switched: PathSwitch | undefined };

/** All upgrade paths with the partner's own word on each. Refused: role. */
export async function listPaths({ actor, catalog, database }: Call): Promise<Outcome<SwitchedPath[]>> {
  const allowed = checkRole(actor.roles, 'view');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.read(partnerId, async (tx) => {
    const switches = await findPathSwitches(tx, partnerId);
    const { paths } = withMatrices(catalog, await findMatrices(tx, partnerId));
    return accepted(paths.map((path) => ({ path, switched: switches.get(path.pathId) })));
  });
}

/** Switches a path for the partner, for markets and days (R2). Refused: role, unknown path, one ruled out by name. */
export async function switchPath(call: Call, wanted: PathSwitch): Promise<Outcome<SwitchedPath>> {
  return replaceSwitch(call, wanted.pathId, wanted);
}

/** Takes the partner's word on a path back, so that the catalog's holds again. Refused: role, unknown path. */
export async function removePathSwitch(call: Call, pathId: string): Promise<Outcome<SwitchedPath>> {
  return replaceSwitch(call, pathId, undefined);
}

async function replaceSwitch(
  call: Call,
  pathId: string,
  wanted: PathSwitch | undefined,
): Promise<Outcome<SwitchedPath>> {
  const { actor, catalog, database } = call;
  const allowed = checkRole(actor.roles, 'switchPaths');
  if (!allowed.ok) return allowed;
  const { partnerId } = actor.partner;
  return database.write(partnerId, async (tx): Promise<Outcome<SwitchedPath>> => {
    const { paths } = withMatrices(catalog, await findMatrices(tx, partnerId));
    const path = paths.find((one) => one.pathId === pathId);
    if (!path) return notFound('path', pathId);
    if (wanted && path.standing === 'refused') return refused({ code: 'path-refused-by-name' });
    const switched = accepted({ path, switched: wanted });
    const [before, after] = [(await findPathSwitches(tx, partnerId)).get(pathId), wanted].map(describeSwitch);
    // A repeat changes nothing, and leaves nothing to tell.
    if (JSON.stringify(before) === JSON.stringify(after)) return switched;
    await (wanted ? savePathSwitch(tx, partnerId, wanted) : deletePathSwitch(tx, partnerId, pathId));
    const details = { before, after };
    await saveAudit(tx, [
      toAuditRow(call, { customerId: partnerId, action: 'path.switched', subjectId: pathId, details }),
    ]);
    return switched;
  });
}

/** What the audit log keeps of a switch; null: none. */
function describeSwitch(one: PathSwitch | undefined) {
  if (!one) return null;
  const { enabled, markets, validFrom, validUntil } = one;
  return { enabled, markets, validFrom: validFrom?.toString() ?? null, validUntil: validUntil?.toString() ?? null };
}
