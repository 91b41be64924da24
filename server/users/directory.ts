import type { Action } from '../../core/access/may.ts';
import type { DirectoryAct } from '../../core/customers/relationship.ts';
import type { Call } from '../context.ts';
import { checkDirectory, checkRole, notFound, type Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import { findPrivileges } from '../subscriptions/customer-facts.store.ts';

type Work<Value> = (tx: Transaction) => Promise<Outcome<Value>>;

/** Looks into a customer's directory. Refused: role, unknown customer, missing privileges. */
export function readDirectory<Value>(
  call: Call,
  customerId: string,
  act: DirectoryAct,
  work: Work<Value>,
): Promise<Outcome<Value>> {
  const { database, actor } = call;
  return permitted(call, customerId, 'view', act, work, (both) => database.read(actor.partner.partnerId, both));
}

/** Changes a customer's directory, with the customer locked. Refused: role, unknown customer, missing privileges. */
export function changeDirectory<Value>(
  call: Call,
  customerId: string,
  act: DirectoryAct,
  work: Work<Value>,
): Promise<Outcome<Value>> {
  const { database, actor } = call;
  return permitted(call, customerId, 'manageUsers', act, work, (both) =>
    database.change(actor.partner.partnerId, customerId, both),
  );
}

/** Two gates: a role of the agent's own, and what the customer granted the partner. */
async function permitted<Value>(
  call: Call,
  customerId: string,
  action: Action,
  act: DirectoryAct,
  work: Work<Value>,
  transact: (both: Work<Value>) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const allowed = checkRole(call.actor.roles, action);
  if (!allowed.ok) return allowed;
  return transact(async (tx) => {
    const privileges = await findPrivileges(tx, call.actor.partner.partnerId, customerId);
    if (!privileges) return notFound('customer', customerId);
    const granted = checkDirectory(privileges, act, call.clock.now());
    return granted.ok ? work(tx) : granted;
  });
}
