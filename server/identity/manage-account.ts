import { accepted, refused } from '../../core/values/result.ts';
import type { AuditAction } from '../../core/audit/audit-action.ts';
import { saveAudit, toAuditRow } from '../audit/audit.store.ts';
import type { Call } from '../context.ts';
import type { Outcome } from '../failure.ts';
import type { Transaction } from '../postgres/database.ts';
import {
  addressOfSecret,
  createRecoveryCodes,
  createTotpSecret,
  hashOfRecoveryCode,
  stepOfCode,
  useCode,
} from './one-time-code.ts';
import { checkNewPassword, hashPassword } from './password.ts';
import { withPresentPassword } from './present-password.ts';
import {
  confirmTotp,
  countRecoveryCodes,
  findCredentials,
  holdCredentials,
  removeTotp,
  savePassword,
  saveTotpSecret,
} from './second-factor.store.ts';
import { removeSessions } from './session.store.ts';

/** How the agent's account is kept. */
export type Account = {
  readonly hasPassword: boolean;
  /** Since when a code is asked for; null: it is not. */
  readonly secondFactorSince: string | null;
  readonly recoveryCodesLeft: number;
};

export async function showAccount({ actor, database }: Call): Promise<Outcome<Account>> {
  return database.read(actor.partner.partnerId, async (tx) => {
    const { passwordHash, totpConfirmedAt } = await findCredentials(tx, actor);
    return accepted({
      hasPassword: passwordHash !== null,
      secondFactorSince: totpConfirmedAt,
      recoveryCodesLeft: await countRecoveryCodes(tx, actor),
    });
  });
}

/**
 * Changes the agent's own password; every other session ends, because who knew the old one may have it. Refused: the present one is wrong or was
 * tried too often, there is none, the new one is too easy to guess.
 */
export async function changePassword(
  call: Call,
  given: { readonly password: string; readonly newPassword: string },
): Promise<Outcome<undefined>> {
  const { actor } = call;
  const { email, displayName, partner } = actor;
  const strong = checkNewPassword(given.newPassword, { email, displayName, partnerName: partner.name }, 'newPassword');
  if (!strong.ok) return strong;
  return withPresentPassword(call, given.password, async () => {
    const hash = await hashPassword(given.newPassword, call.passwordCost);
    return async (tx) => {
      await savePassword(tx, actor, hash);
      await removeSessions(tx, actor, actor.sessionId);
      await record(tx, call, 'agent.password-changed');
      return accepted(undefined);
    };
  });
}

/**
 * A secret for an authenticator app; it counts once a code has confirmed it. Refused: the present password is wrong or was tried too often,
 * there is none, a second factor already.
 */
export async function enrollSecondFactor(
  call: Call,
  password: string,
): Promise<Outcome<{ secret: string; address: string }>> {
  const { actor } = call;
  return withPresentPassword(call, password, async () => async (tx) => {
    const { totpConfirmedAt } = await holdCredentials(tx, actor);
    if (totpConfirmedAt !== null) return refused({ code: 'second-factor-on' });
    const secret = createTotpSecret();
    await saveTotpSecret(tx, actor, secret);
    return accepted({ secret, address: addressOfSecret(secret, actor.email) });
  });
}

/** From now on a code is asked for at sign-in; answers the recovery codes, once. Refused: a wrong code, nothing to confirm. */
export async function confirmSecondFactor(call: Call, code: string): Promise<Outcome<readonly string[]>> {
  const { actor, clock, database } = call;
  const recoveryCodes = createRecoveryCodes();
  return database.write(actor.partner.partnerId, async (tx): Promise<Outcome<readonly string[]>> => {
    const { totpSecret, totpConfirmedAt } = await holdCredentials(tx, actor);
    if (totpConfirmedAt !== null) return refused({ code: 'second-factor-on' });
    if (totpSecret === null) return refused({ code: 'second-factor-off' });
    const step = stepOfCode(totpSecret, code, clock.now());
    if (step === undefined) return refused({ code: 'invalid-field', field: 'code', expected: 'secondFactorCode' });
    const recoveryHashes = recoveryCodes.map(hashOfRecoveryCode);
    await confirmTotp(tx, actor, { at: clock.now().toString(), step, recoveryHashes });
    await record(tx, call, 'agent.second-factor-enabled');
    return accepted(recoveryCodes);
  });
}

/** Codes are asked for no more. Refused: a wrong password or code, too many attempts, no second factor. */
export async function removeSecondFactor(
  call: Call,
  given: { readonly password: string; readonly code: string },
): Promise<Outcome<undefined>> {
  const { actor, clock } = call;
  return withPresentPassword(call, given.password, () =>
    Promise.resolve(async (tx: Transaction): Promise<Outcome<undefined>> => {
      const { totpSecret: secret, totpConfirmedAt } = await holdCredentials(tx, actor);
      if (secret === null || totpConfirmedAt === null) return refused({ code: 'second-factor-off' });
      if (!(await useCode(tx, actor, { secret, code: given.code, now: clock.now() }))) {
        return refused({ code: 'invalid-field', field: 'code', expected: 'secondFactorCode' });
      }
      await removeTotp(tx, actor);
      await record(tx, call, 'agent.second-factor-disabled');
      return accepted(undefined);
    }),
  );
}

async function record(tx: Transaction, call: Call, action: AuditAction): Promise<void> {
  const { agentId, partner } = call.actor;
  await saveAudit(tx, [toAuditRow(call, { customerId: partner.partnerId, action, subjectId: agentId, details: {} })]);
}
