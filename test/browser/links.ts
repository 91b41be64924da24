import type { PrivilegesAsked } from '../../contract/relationships.ts';
import { type TestDeployment, valueOf } from '../deployment.ts';
import { accept, answer, codeFor, lastMail } from '../relationship-steps.ts';
import { AYLIN } from './steps.ts';

const NAMES = ['open', 'code', 'wrong', 'proved', 'granted', 'declined', 'expired', 'withdrawn'] as const;

/** Paths of the acceptance page, by what they lead to. `standing`: what was granted. */
export type Links = Readonly<Record<(typeof NAMES)[number] | 'standing', string>>;

/** Requests to tenants that are new, `NAME.example` each, in every state that an administrator may find one in. */
export async function makeLinks(deployment: TestDeployment): Promise<Links> {
  const api = await deployment.signIn(AYLIN);
  const privileges: PrivilegesAsked = {
    kind: 'gdap',
    roles: ['directoryReader', 'directoryWriter'],
    days: 365,
    families: null,
  };
  const ask = async (name: string) => {
    const domain = `${name}.example`;
    const body = {
      customer: { name: 'Orman Ürünleri', domain },
      to: `it@${domain}`,
      privileges,
      language: 'tr',
    } as const;
    const { link, requestId } = valueOf(await api('requestRelationship', { body }));
    return { link, requestId, email: `it@${domain}` };
  };
  const asked = new Map<string, Awaited<ReturnType<typeof ask>>>();
  for (const name of NAMES) asked.set(name, await ask(name));
  const of = (name: (typeof NAMES)[number]) => asked.get(name) ?? { link: '', requestId: '', email: '' };
  const { granted, declined } = { granted: of('granted'), declined: of('declined') };
  await accept(api, granted.link, granted.email, { tenantId: deployment.context.newId() });
  const manage = /http\S+#\S+/.exec((await lastMail(api))?.text ?? '')?.[0] ?? '';
  valueOf(await answer(api, declined.link, await codeFor(api, declined.link, declined.email), {}, 'decline'));
  valueOf(await api('withdrawRequest', { params: { requestId: of('withdrawn').requestId } }));
  const now = deployment.context.clock.now().toString();
  await deployment.context.database.asSystem((tx) =>
    tx.query('update relationship_requests set expires_at = $2 where request_id = $1', [of('expired').requestId, now]),
  );
  valueOf(await api('sendRequestEmail', { params: { requestId: of('open').requestId } }));
  const paths = [...NAMES.map((name) => [name, of(name).link] as const), ['standing', manage] as const].map(
    ([name, link]) => [name, pathOf(link, name)] as const,
  );
  return Object.fromEntries(paths) as Links;
}

/** Told apart before the #, so that a browser loads each anew. */
function pathOf(link: string, name: string): string {
  const { pathname, hash } = new URL(link);
  return `${pathname}?${name}${hash}`;
}
