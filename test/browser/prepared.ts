import { Secret, TOTP } from 'otpauth';
import { createClient } from '../../contract/client.ts';
import { customerId, OFFERS, subscriptionId } from '../../demo/ids.ts';
import { isOver, planned, setPace, submit, workUntil } from '../campaign-steps.ts';
import { type TestDeployment, valueOf } from '../deployment.ts';
import { GULAY } from '../waiting.ts';
import { type Links, makeLinks } from './links.ts';
import { AYLIN, seed, seedWorklist } from './steps.ts';

/** Somebody with a password and without a second factor. */
export const ECE = 'ece@kuzey.example';
/** Somebody whose sign-in has a second step. */
export const OYA = 'oya@kuzey.example';
export const PASSWORD = 'vapurda simit yemek güzeldir';

/** What the demo lacks and some screens need. */
export type Prepared = {
  /** Where an upgrade with open issues is. */
  readonly worklist: string;
  /** A link at which somebody sets a password. */
  readonly joinLink: string;
  /** Where customers answer requests, by what has become of each. */
  readonly links: Links;
  /** Paths of a campaign that is planned and of one that is done, and of the offers in between. */
  readonly campaign: Readonly<Record<'planned' | 'done' | 'query', string>>;
};

/** Adds to the demo what its screens need: people with passwords, a link, a provider, watches, a worklist. */
export async function prepare(deployment: TestDeployment): Promise<Prepared> {
  await addPerson(deployment, 'Ece Kaya', ECE);
  await switchSecondFactorOn(deployment, await addPerson(deployment, 'Oya Tunç', OYA));
  await addProvider(deployment);
  await addWatches(deployment);
  return {
    campaign: await makeCampaigns(deployment),
    worklist: await seedWorklist(deployment),
    links: await makeLinks(deployment),
    joinLink: await invite(deployment, 'Deniz Kara', 'deniz@kuzey.example'),
  };
}

async function makeCampaigns(deployment: TestDeployment): Promise<Prepared['campaign']> {
  const aylin = await deployment.signIn(AYLIN);
  await setPace(deployment);
  const own = await seed(deployment);
  const subscriptions = [{ customerId: own.customerId, subscriptionId: own.subscriptionId }];
  const chosen = await planned(deployment, { choose: { by: 'hand', subscriptions } });
  const { campaignId } = valueOf(await submit(aylin, chosen));
  await workUntil(deployment, aylin, campaignId, isOver);
  const all = await planned(deployment);
  const query = new URLSearchParams({ from: OFFERS.businessBasic, to: OFFERS.o365E3 }).toString();
  return { planned: `/bulk/${all.campaignId}`, done: `/bulk/${campaignId}`, query };
}

async function invite(deployment: TestDeployment, displayName: string, email: string): Promise<string> {
  const gulay = await deployment.signIn(GULAY);
  return valueOf(await gulay('inviteAgent', { body: { displayName, email, roles: ['salesAgent'] } })).joinPath;
}

/** Invites somebody, who sets a password; returns their session. */
async function addPerson(deployment: TestDeployment, displayName: string, email: string): Promise<string> {
  const token = (await invite(deployment, displayName, email)).split('#')[1] ?? '';
  const joined = valueOf(
    await createClient({ baseUrl: deployment.url })('join', { body: { token, password: PASSWORD } }),
  );
  return joined.session?.token ?? '';
}

async function switchSecondFactorOn({ url, context }: TestDeployment, token: string): Promise<void> {
  const person = createClient({ baseUrl: url, token });
  const { secret } = valueOf(await person('enrollSecondFactor', { body: { password: PASSWORD } }));
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: context.clock.now().epochMilliseconds,
  });
  valueOf(await person('confirmSecondFactor', { body: { code } }));
}

async function addProvider(deployment: TestDeployment): Promise<void> {
  const gulay = await deployment.signIn(GULAY);
  const body = {
    name: 'Kuzey Bulut Entra ID',
    issuer: 'https://login.microsoftonline.com/5b0f3a52-0000-4000-8000-00000000abcd/v2.0',
    clientId: '5b0f3a52-0000-4000-8000-00000000abce',
    clientSecret: 'a secret of the provider',
    domains: ['kuzey.example', 'kuzey-bulut.example'],
    roleClaim: 'groups',
    roleMap: [
      { value: '7d0b4c1e-0000-4000-8000-00000000a001', role: 'adminAgent' },
      { value: '7d0b4c1e-0000-4000-8000-00000000a002', role: 'userManagementAdmin' },
    ],
    createsAgents: true,
  } as const;
  valueOf(
    await gulay('createIdentityProvider', {
      body: { ...body, domains: [...body.domains], roleMap: [...body.roleMap] },
    }),
  );
}

/** One for a day to come, and one that found what it waited for. */
async function addWatches(deployment: TestDeployment): Promise<void> {
  const aylin = await deployment.signIn(AYLIN);
  const waits = { customerId: customerId(7), subscriptionId: subscriptionId(7), targetOfferId: OFFERS.o365E3 };
  valueOf(await aylin('setWatch', { params: waits, body: { checkOn: '2027-09-07' } }));
  const { customerId: customer, subscriptionId: subscription } = await seed(deployment);
  const found = { customerId: customer, subscriptionId: subscription, targetOfferId: OFFERS.o365E3 };
  const { watchId } = valueOf(await aylin('setWatch', { params: found, body: { checkOn: '2026-12-20' } }));
  valueOf(await aylin('checkWatch', { params: { customerId: customer, watchId } }));
}
