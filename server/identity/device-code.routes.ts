import { accepted } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import {
  approveDeviceCode,
  askDeviceCode,
  refuseDeviceCode,
  requestDeviceCode,
  showDeviceCode,
} from './device-code.ts';
import { originOf, presentAgent } from './session.routes.ts';
import { tellWhen } from './tell-when.ts';

/** The page of the portal that takes a code. */
const PAGE = '/device';

/** Signing in programs that have no browser. */
export function deviceCodeRoutes(mount: Mount, context: Context, publicUrl: () => string): void {
  mount.open('requestDeviceCode', async ({ body, request, reply }) => {
    void reply.header('cache-control', 'no-store');
    const requested = await requestDeviceCode(context, body.program, originOf(request));
    const page = new URL(PAGE, publicUrl());
    const verificationUri = page.href;
    page.searchParams.set('code', requested.userCode);
    return accepted({ ...requested, verificationUri, verificationUriComplete: page.href });
  });
  mount.open('askDeviceCode', async ({ body, request, reply }) => {
    void reply.header('cache-control', 'no-store');
    const told = await askDeviceCode(context, body.deviceCode, originOf(request));
    if (!told.ok) return told;
    const { intervalSeconds, session } = told.value;
    if (session === null) return accepted({ intervalSeconds, session });
    const { token, expiresAt, actor } = session;
    return accepted({
      intervalSeconds,
      session: { token, expiresAt: expiresAt.toString(), agent: presentAgent(actor) },
    });
  });
  mount.signedIn('showDeviceCode', async ({ call, body, reply }) => {
    const shown = tellWhen(await showDeviceCode(call, body.userCode), reply, call.clock.now());
    if (!shown.ok) return shown;
    const { requestedAt, expiresAt, ...program } = shown.value;
    const instant = (stored: string) => Temporal.Instant.from(stored).toString();
    return accepted({ ...program, requestedAt: instant(requestedAt), expiresAt: instant(expiresAt) });
  });
  mount.signedIn('approveDeviceCode', async ({ call, body, reply }) =>
    tellWhen(await approveDeviceCode(call, body.userCode, body.password), reply, call.clock.now()),
  );
  mount.signedIn('refuseDeviceCode', async ({ call, body, reply }) =>
    tellWhen(await refuseDeviceCode(call, body.userCode), reply, call.clock.now()),
  );
}
