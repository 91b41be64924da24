import { accepted } from '../../core/values/result.ts';
import type { Mount } from '../http/mount.ts';
import { tellWhen } from './tell-when.ts';
import {
  changePassword,
  confirmSecondFactor,
  enrollSecondFactor,
  removeSecondFactor,
  showAccount,
} from './manage-account.ts';
import { endOtherSessions, endSession, listSessions } from './manage-sessions.ts';

/** What an agent does about its own account. */
export function accountRoutes(mount: Mount): void {
  mount.signedIn('showAccount', ({ call }) => showAccount(call));
  mount.signedIn('changePassword', async ({ call, body, reply }) =>
    tellWhen(await changePassword(call, body), reply, call.clock.now()),
  );
  mount.signedIn('enrollSecondFactor', async ({ call, body, reply }) => {
    void reply.header('cache-control', 'no-store');
    return tellWhen(await enrollSecondFactor(call, body.password), reply, call.clock.now());
  });
  mount.signedIn('confirmSecondFactor', async ({ call, body, reply }) => {
    void reply.header('cache-control', 'no-store');
    const confirmed = await confirmSecondFactor(call, body.code);
    return confirmed.ok ? accepted({ recoveryCodes: [...confirmed.value] }) : confirmed;
  });
  mount.signedIn('removeSecondFactor', async ({ call, body, reply }) =>
    tellWhen(await removeSecondFactor(call, body), reply, call.clock.now()),
  );
  mount.signedIn('listSessions', async ({ call }) => {
    const listed = await listSessions(call);
    if (!listed.ok) return listed;
    const items = listed.value.map((session) => ({
      ...session,
      createdAt: instantOf(session.createdAt),
      lastSeenAt: instantOf(session.lastSeenAt),
      expiresAt: instantOf(session.expiresAt),
      current: session.sessionId === call.actor.sessionId,
    }));
    return accepted({ items });
  });
  mount.signedIn('endSession', async ({ call, params, body, reply }) =>
    tellWhen(await endSession(call, params.sessionId, body.password), reply, call.clock.now()),
  );
  mount.signedIn('endOtherSessions', async ({ call, body, reply }) =>
    tellWhen(await endOtherSessions(call, body.password), reply, call.clock.now()),
  );
}

function instantOf(stored: string): string {
  return Temporal.Instant.from(stored).toString();
}
