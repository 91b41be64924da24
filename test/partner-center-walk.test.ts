import { afterAll, beforeAll, expect, test } from 'vitest';
import { customerId, OFFERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';
import { connect, type PartnerCenter } from './partner-center-client.ts';

type Item = {
  readonly id: string;
  readonly companyProfile: { readonly companyName: string };
  readonly offerName: string;
  readonly productSku: { readonly id: string; readonly name: string };
  readonly targetOffer: { readonly id: string; readonly product: { readonly id: string } };
  readonly upgradeType: string;
  readonly isEligible: boolean;
  readonly consumedUnits: number;
  readonly operationType: string;
  readonly resourceNewValue: string;
};
type Body = {
  readonly items: readonly Item[];
  readonly status: string;
  readonly targetSubscriptionId: string;
  readonly licenseErrors: readonly { readonly userObjectId: string }[];
};

let deployment: TestDeployment;
let ask: PartnerCenter<Body>;
beforeAll(async () => {
  deployment = await startDeployment();
  ask = await connect(deployment);
});
afterAll(() => deployment.stop());

const itemsOf = async (path: string) => (await ask('GET', path)).body.items;

test('İzmir Tekstil is upgraded over the Partner Center API alone, from the token to the audit record', async () => {
  const customers = await itemsOf('/v1/customers');
  const customer = `/v1/customers/${customers.find((one) => one.companyProfile.companyName === 'İzmir Tekstil')?.id}`;
  const subscriptions = await itemsOf(`${customer}/subscriptions`);
  const source = subscriptions.find((one) => one.offerName === 'Microsoft 365 Business Basic')?.id ?? '';
  const upgrades = await itemsOf(`${customer}/subscriptions/${source}/upgrades`);
  const chosen = upgrades.find(
    ({ isEligible, targetOffer, upgradeType }) =>
      isEligible && targetOffer.id === OFFERS.o365E3 && upgradeType === 'upgrade_with_license_transfer',
  );

  // As clients do it: the chosen item goes back as it came.
  const { body: done } = await ask('POST', `${customer}/subscriptions/${source}/upgrades`, { body: chosen });
  expect(done.licenseErrors).toHaveLength(7);

  const provisioning = `${customer}/subscriptions/${done.targetSubscriptionId}/provisioningstatus`;
  expect((await ask('GET', provisioning)).body.status).toBe('success');
  expect((await ask('GET', `${customer}/subscriptions/${source}`)).body.status).toBe('deleted');

  const skus = await itemsOf(`${customer}/subscribedskus`);
  const ofTarget = skus.find((one) => one.productSku.id === chosen?.targetOffer.product.id);
  expect(ofTarget).toMatchObject({ activeUnits: 40, consumedUnits: 33, availableUnits: 7 });
  const [failed] = done.licenseErrors;
  const licenses = await itemsOf(`${customer}/users/${failed?.userObjectId}/licenses`);
  expect(licenses.map((one) => one.productSku.name)).toContain('Microsoft 365 Business Basic');

  const [record] = await itemsOf('/v1/auditrecords?startDate=2026-11-16');
  expect(record?.operationType).toBe('upgrade_subscription');
  expect(JSON.parse(record?.resourceNewValue ?? '')).toMatchObject({
    SourceSubscriptionId: subscriptionId(10),
    TargetSubscriptionId: done.targetSubscriptionId,
  });
  expect(customer).toBe(`/v1/customers/${customerId(10)}`);
});
