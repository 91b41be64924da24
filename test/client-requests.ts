import { customerId, OFFERS, subscriptionId, userId } from '../demo/ids.ts';

/** A request as one of the public clients sends it, and what it must be able to read of the answer. */
export type ClientRequest = {
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  readonly status: number;
  readonly answer: object;
};

export type RecordedClient = {
  readonly name: string;
  /** Headers on each of its requests, beside the token. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requests: readonly ClientRequest[];
};

const customer = (number: number) => `customers/${customerId(number)}`;
const subscription = (number: number) => `${customer(number)}/subscriptions/${subscriptionId(number)}`;
const user = (number: number, one: number) => `${customer(number)}/users/${userId(number, one)}`;
const BASIC = '3b555118-da6a-4418-894f-7df1e2096870';
const IDS = {
  'MS-RequestId': '0f8fad5b-d9cb-469f-a165-70867728950e',
  'MS-CorrelationId': '7c9e6679-7425-40de-944b-e07fc1f90ae7',
};

/** Microsoft's Java SDK 1.15: camel case, enums as names, some members twice, links followed with two slashes. */
const java: RecordedClient = {
  name: 'the Java SDK',
  headers: {
    ...IDS,
    Accept: 'application/json',
    'Accept-Encoding': 'gzip',
    'Content-Type': 'application/json; charset=utf-8',
    'MS-Contract-Version': 'v1',
    'MS-PartnerCenter-Client': 'Partner Center Java SDK',
    'MS-SdkVersion': '1.15.4',
    'X-Locale': 'en-US',
  },
  requests: [
    {
      what: 'asks for all customers with the size 0',
      method: 'GET',
      path: '/v1/customers?size=0',
      status: 200,
      answer: { totalCount: 22, attributes: { objectType: 'Collection' } },
    },
    {
      what: 'filters with its own spelling',
      method: 'GET',
      path: `/v1/customers?size=40&filter=${encodeURIComponent('{"value":"Ege","field":"CompanyName","fieldType":"String","operator":"StartsWith"}')}`,
      status: 200,
      answer: { totalCount: 1, items: [{ id: customerId(5) }] },
    },
    {
      what: 'follows a next link with two slashes',
      method: 'GET',
      path: '/v1//customers?size=2&seekOperation=Next',
      status: 200,
      answer: { totalCount: 2 },
    },
    {
      what: 'reads a suspended subscription in the states that it knows',
      method: 'GET',
      path: `/v1/${subscription(3)}`,
      status: 200,
      answer: { status: 'suspended', billingType: 'license', contractType: 'subscription' },
    },
    {
      what: 'asks for audit records by the day of the year',
      method: 'GET',
      path: '/v1/auditrecords?startDate=2026-11-300',
      status: 200,
      answer: { items: [] },
    },
    {
      what: 'asks for SKUs of a group without naming the parameter',
      method: 'GET',
      path: `/v1/${customer(1)}/subscribedskus?null=group1`,
      status: 200,
      answer: { items: [{ productSku: { id: BASIC } }] },
    },
    {
      what: 'sends the members of a license update twice',
      method: 'POST',
      path: `/v1/${user(1, 1)}/licenseupdates`,
      body: {
        attributes: { objectType: 'LicenseUpdate' },
        licensesToAssign: [{ skuId: BASIC, SkuId: BASIC }],
        LicensesToAssign: [{ skuId: BASIC, SkuId: BASIC }],
      },
      status: 201,
      answer: { licensesToAssign: [{ skuId: BASIC }], licenseWarnings: [] },
    },
    {
      what: 'renames a subscription with what it kept of the resource',
      method: 'PATCH',
      path: `/v1/${subscription(2)}`,
      body: {
        attributes: { objectType: 'Subscription' },
        id: subscriptionId(2),
        friendlyName: 'Boğaz',
        quantity: 12,
        status: 'active',
        billingCycle: 'monthly',
        hasPurchasableAddOns: false,
        autoRenewEnabled: true,
      },
      status: 200,
      answer: { friendlyName: 'Boğaz', quantity: 12 },
    },
    {
      what: 'reads a reason that it does not know as another one',
      method: 'GET',
      path: `/v1/${subscription(6)}/upgrades`,
      status: 200,
      answer: { items: expectItems(8, { upgradeErrors: [{ code: 0 }] }) },
    },
    {
      what: 'upgrades with the item read back, its flag under another name',
      method: 'POST',
      path: `/v1/${subscription(1)}/upgrades`,
      body: {
        attributes: { objectType: 'Upgrade' },
        upgradeType: 'upgrade_with_license_transfer',
        eligible: true,
        quantity: 25,
        targetOffer: { attributes: { objectType: 'Offer' }, id: OFFERS.o365E3, name: 'E3', links: {}, product: {} },
      },
      status: 200,
      answer: { upgradeErrors: [], licenseErrors: [], upgradeType: 'upgrade_with_license_transfer' },
    },
    {
      what: 'posts an upgrade without a target',
      method: 'POST',
      path: `/v1/${subscription(2)}/upgrades`,
      body: { attributes: { objectType: 'Upgrade' }, quantity: 0 },
      status: 400,
      answer: { code: 3000, data: [] },
    },
  ],
};

/** Microsoft's .NET SDK: Pascal case, every member, null where there is nothing. */
const dotnet: RecordedClient = {
  name: 'the .NET SDK',
  headers: {
    ...IDS,
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'MS-PartnerCenter-Client': 'Partner Center .NET SDK',
    'X-Locale': 'en-US',
  },
  requests: [
    {
      what: 'filters as the documentation does',
      method: 'GET',
      path: '/v1/customers?filter={"Field":"Domain","Value":"ege","Operator":"starts_with"}',
      status: 200,
      answer: { items: [{ id: customerId(5) }] },
    },
    {
      what: 'follows a next link on Linux',
      method: 'GET',
      path: '/v1/file:///customers%3Fsize=1&seekOperation=Next',
      status: 200,
      answer: { totalCount: 1 },
    },
    {
      what: 'reads the code of a role that is too weak',
      method: 'GET',
      path: `/v1/${subscription(6)}/upgrades`,
      status: 200,
      answer: { items: expectItems(8, { upgradeErrors: [{ code: 11 }] }) },
    },
    {
      what: 'asks for audit records with a date in its culture',
      method: 'GET',
      path: '/v1/auditrecords?startDate=11%2F01%2F2026%2000%3A00%3A00',
      status: 200,
      answer: { items: [] },
    },
    {
      what: 'updates a subscription with nulls for what is unset',
      method: 'PATCH',
      path: `/v1/${subscription(2)}`,
      body: {
        Id: subscriptionId(2),
        FriendlyName: 'Boğaz',
        Quantity: 13,
        ScheduledNextTermInstructions: null,
        ParentSubscriptionId: null,
        Status: 'active',
        BillingCycle: 'monthly',
        AutoRenewEnabled: false,
        SuspensionReasons: null,
        Attributes: { Etag: null, ObjectType: 'Subscription' },
      },
      status: 200,
      answer: { quantity: 13, autoRenewEnabled: false },
    },
    {
      what: 'upgrades with the type as a number and everything else as null',
      method: 'POST',
      path: `/v1/${subscription(1)}/upgrades`,
      body: {
        TargetOffer: { Id: OFFERS.o365E1.toUpperCase(), Name: null, Description: null, Category: null, Links: null },
        UpgradeType: 1,
        IsEligible: true,
        Quantity: 25,
        UpgradeErrors: [],
        Attributes: { ObjectType: 'Upgrade' },
      },
      status: 200,
      answer: { sourceSubscriptionId: subscriptionId(1), upgradeErrors: [], licenseErrors: [] },
    },
  ],
};

/** The PowerShell module: connects by reading the profile, ids in capitals. */
const powershell: RecordedClient = {
  name: 'the PowerShell module',
  headers: { ...IDS, Accept: 'application/json', 'MS-PartnerCenter-Client': 'Partner Center PowerShell' },
  requests: [
    {
      what: 'connects',
      method: 'GET',
      path: '/v1/profiles/organization',
      status: 200,
      answer: { defaultAddress: { country: 'TR' }, culture: 'tr-TR' },
    },
    {
      what: 'reads a subscription by ids in capitals',
      method: 'GET',
      path: `/v1/customers/${customerId(1).toUpperCase()}/subscriptions/${subscriptionId(1).toUpperCase()}`,
      status: 200,
      answer: { id: subscriptionId(1), offerId: OFFERS.businessBasic },
    },
    {
      what: 'takes a license and sends no list of those to give',
      method: 'POST',
      path: `/v1/${user(1, 2)}/licenseupdates`,
      body: { LicensesToAssign: null, LicensesToRemove: [BASIC], LicenseWarnings: null },
      status: 201,
      answer: { licensesToAssign: [], licensesToRemove: [BASIC] },
    },
  ],
};

/** The public Node client: no ids of requests, the first page alone, everything read sent back. */
const node: RecordedClient = {
  name: 'the Node client',
  headers: { Accept: 'application/json, text/plain, */*', 'Content-Type': 'application/json' },
  requests: [
    {
      what: 'reads every customer on the first page',
      method: 'GET',
      path: '/v1/customers',
      status: 200,
      answer: { totalCount: 22 },
    },
    {
      what: 'sends a subscription back with its links',
      method: 'PATCH',
      path: `/v1/${subscription(2)}`,
      body: { id: subscriptionId(2), quantity: 14, links: { self: { uri: 'x', method: 'GET', headers: [] } } },
      status: 200,
      answer: { quantity: 14 },
    },
    {
      what: 'lists what a user is licensed for',
      method: 'GET',
      path: `/v1/${user(1, 1)}/licenses`,
      status: 200,
      answer: { items: [{ productSku: { skuPartNumber: 'O365_BUSINESS_ESSENTIALS' } }] },
    },
  ],
};

export const RECORDED_CLIENTS = [java, dotnet, powershell, node];

function expectItems(count: number, item: object): object[] {
  return Array.from({ length: count }, () => item);
}
