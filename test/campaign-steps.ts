import type { CampaignOnWire } from '../contract/campaigns.ts';
import type { Client } from '../contract/client.ts';
import type { BodyOf } from '../contract/endpoint.ts';
import type { Endpoints } from '../contract/endpoints.ts';
import { OFFERS } from '../demo/ids.ts';
import { runCampaigns } from '../server/campaigns/run-campaigns.ts';
import type { Context } from '../server/context.ts';
import { type TestDeployment, valueOf } from './deployment.ts';
import { AYLIN, GULAY, seedBasic } from './waiting.ts';

/** As fast as it goes. */
const FAST = 60_000;
/** More turns than any test needs; each is as long as there is work. */
const MOST_TURNS = 200;

export type Seeded = Awaited<ReturnType<typeof seedBasic>>;

/** Customers with Business Basic, each with a name of its own. */
export async function seedCustomers(deployment: TestDeployment, count: number, users = 2): Promise<Seeded[]> {
  const seeded: Seeded[] = [];
  for (let number = 1; number <= count; number += 1) {
    const customerName = `Dokuma ${String(number).padStart(2, '0')}`;
    seeded.push(await seedBasic(deployment, { customerName, users }));
  }
  return seeded;
}

export async function setPace(deployment: TestDeployment, rowsPerMinute = FAST): Promise<void> {
  const gulay = await deployment.signIn(GULAY);
  valueOf(await gulay('changeCampaignPace', { body: { rowsPerMinute } }));
}

type Create = Partial<BodyOf<Endpoints['createCampaign']>>;

/** All with Business Basic, to Office 365 E3. */
export const TO_E3 = {
  name: 'Kasım',
  targetOfferId: OFFERS.o365E3,
  choose: { by: 'filter', sourceOfferId: OFFERS.businessBasic },
} as const;

/** Creates a campaign as Aylin, and has it planned. */
export async function planned(deployment: TestDeployment, body: Create = {}): Promise<CampaignOnWire> {
  const aylin = await deployment.signIn(AYLIN);
  const { campaignId } = valueOf(await aylin('createCampaign', { body: { ...TO_E3, ...body } }));
  return workUntil(deployment, aylin, campaignId, ({ state }) => state !== 'planning');
}

/** Submits what is planned, with the number and version that are shown. */
export async function submit(api: Client, { campaignId, rows, version }: CampaignOnWire) {
  return api('submitCampaign', { params: { campaignId }, body: { upgrades: rows.eligible, version } });
}

/** Lets servers work turn by turn until a campaign is as wanted. */
export async function workUntil(
  { context }: Pick<TestDeployment, 'context'>,
  api: Client,
  campaignId: string,
  isWanted: (campaign: CampaignOnWire) => boolean,
  servers: readonly Context[] = [context],
): Promise<CampaignOnWire> {
  const routines = servers.map(runCampaigns);
  for (let turn = 1; turn <= MOST_TURNS; turn += 1) {
    const campaign = valueOf(await api('showCampaign', { params: { campaignId } }));
    if (isWanted(campaign)) return campaign;
    await Promise.all(routines.map((routine) => routine.run()));
  }
  throw new Error(`campaign ${campaignId} does not come to what is wanted`);
}

export const isOver = ({ state }: CampaignOnWire) => state === 'done';

/** All rows of a campaign. */
export async function rowsOf(api: Client, campaignId: string) {
  return valueOf(await api('listCampaignRows', { params: { campaignId }, query: { limit: 200 } })).items;
}
