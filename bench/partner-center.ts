import { OFFERS, PARTNERS } from '../demo/ids.ts';
import { inTurns, measure, type Times, WARM_UPS } from './measure.ts';

const RUNS = 60;
const AUDIENCE = 'https://api.partnercenter.microsoft.com';
const TARGET = OFFERS.o365E3;
const TYPE = 'upgrade_with_license_transfer';

type Subject = { readonly customerId: string; readonly subscriptionId: string };
/** A request that must succeed; the answer’s JSON. */
type Ask = (method: string, path: string, body?: object) => Promise<unknown>;

export type DialectTimes = { readonly listed: Times; readonly upgraded: Times; readonly own: Times };

/**
 * The Partner Center API beside our own, in one run: listing upgrades, and upgrading a subscription of 25 licenses with license transfer by one
 * POST, which does what a quote and its submit do together.
 */
export async function measureDialect(
  address: string,
  sessionToken: string,
  seed: () => Promise<Subject>,
): Promise<DialectTimes> {
  const dialect = asking(address, await askToken(address));
  const own = asking(address, sessionToken);
  const pathOf = ({ customerId, subscriptionId }: Subject) =>
    `/v1/customers/${customerId}/subscriptions/${subscriptionId}/upgrades`;
  const subjects: Subject[] = [];
  for (let index = 0; index < 2 * (RUNS + WARM_UPS); index++) subjects.push(await seed());
  const next = () => {
    const subject = subjects.pop();
    if (!subject) throw new RangeError('too few subscriptions were seeded');
    return subject;
  };
  const [first = next()] = subjects;
  const listed = await measure(RUNS, () => dialect('GET', pathOf(first)));
  const byDialect = () => dialect('POST', pathOf(next()), { targetOffer: { id: TARGET }, upgradeType: TYPE });
  const byOwn = async () => {
    const { customerId, subscriptionId } = next();
    const customer = `/api/customers/${customerId}`;
    const asked = { targetOfferId: TARGET, upgradeType: TYPE };
    const quote = await own('POST', `${customer}/subscriptions/${subscriptionId}/quotes`, asked);
    await own('POST', `${customer}/quotes/${(quote as { quoteId: string }).quoteId}/submit`);
  };
  const { upgraded, own: ownTimes } = await inTurns(RUNS, { upgraded: byDialect, own: byOwn });
  return { listed, upgraded, own: ownTimes };
}

function asking(address: string, token: string): Ask {
  return async (method, path, body) => {
    const answer = await fetch(address + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'ms-requestid': crypto.randomUUID(),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

async function askToken(address: string): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: 'demo-kuzey-user', client_secret: 'demo-secret' };
  const body = new URLSearchParams({ ...form, resource: AUDIENCE });
  const answer = await fetch(`${address}/${PARTNERS.kuzey}/oauth2/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}
