import { accepted } from '../../core/values/result.ts';
import type { Context } from '../context.ts';
import type { Mount } from '../http/mount.ts';
import { answerLink } from './answer-request.ts';
import { checkCode } from './check-code.ts';
import { presentAcceptance } from './relationship.presenter.ts';
import type { CustomerCookies } from './customer-sign-in.routes.ts';
import type { Outside } from './relationship.routes.ts';
import { resendConfirmation } from './send-confirmation.ts';
import { sendCode } from './send-code.ts';
import { showAcceptance } from './show-acceptance.ts';

type Parts = Outside & {
  readonly cookies: CustomerCookies;
  /** Whether an administrator can sign in to the customer’s own tenant. */
  readonly signsIn: boolean;
};

/** For customers’ administrators, who have no account here: a link, and a code or a sign-in to their own tenant. */
export function acceptanceRoutes(mount: Mount, context: Context, parts: Parts): void {
  const { publicUrl, mailing, cookies, signsIn } = parts;
  mount.open('showAcceptance', async ({ body, language, request }) => {
    const found = await showAcceptance(context, body.token, cookies.proofOf(request, body.token));
    if (!found.ok) return found;
    return accepted(presentAcceptance(found.value, context.clock.now(), { language, mailing: mailing(), signsIn }));
  });
  mount.open('sendCode', async ({ body, language }) => {
    const sent = await sendCode(context, { ...body, language, mailing: mailing() });
    return sent.ok ? accepted({ ...sent.value, expiresAt: sent.value.expiresAt.toString() }) : sent;
  });
  mount.open('checkCode', ({ body }) => checkCode(context, body));
  mount.open('resendConfirmation', ({ body, language }) =>
    resendConfirmation(context, { ...body, publicUrl: publicUrl(), mailing: mailing(), language }),
  );
  mount.open('answerRequest', async ({ body, language, request, reply }) => {
    const desk = { publicUrl: publicUrl(), mailing: mailing(), language, correlationId: request.id };
    const { proof, code, ...rest } = body;
    const given = proof !== undefined && code !== undefined ? { proof, code } : undefined;
    const answer = { ...rest, code: given, signIn: cookies.proofOf(request, body.token) };
    const answered = await answerLink(context, answer, desk);
    if (answered.ok) cookies.clearProof(reply, body.token);
    return answered.ok ? accepted({ state: answered.value }) : answered;
  });
}
