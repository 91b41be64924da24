import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import { endpoints } from '../contract/endpoints.ts';
import { customerId, OFFERS, PARTNERS, subscriptionId } from '../demo/ids.ts';
import { startDeployment, type TestDeployment } from './deployment.ts';
import { soundValue } from './sound-values.ts';

let deployment: TestDeployment;
let token: string;
beforeAll(async () => {
  deployment = await startDeployment();
  token = await deployment.tokenOf('aylin@kuzey.example');
});
afterAll(() => deployment.stop());

const PARTS = ['params', 'query', 'body'] as const;
type Part = (typeof PARTS)[number];

/** Values that trip programs: what no column holds, edges of ranges, other types. */
const STRANGE: readonly unknown[] = [
  '',
  '\0',
  'a\0b',
  '\ud800',
  'x'.repeat(3000),
  '%',
  '__proto__',
  '+020000-01-01',
  '1990-01-01',
  '2200-12-31',
  '2200-12-31T23:59:59.999999999+14:00',
  '99999999999999999999',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  -1,
  0,
  1.5,
  1e308,
  10_000_000,
  null,
  true,
  [],
  {},
  [[]],
];
/** Something sound for each field beside the strange one. */
const SOUND: Readonly<Record<string, unknown>> = {
  customerId: customerId(1),
  subscriptionId: subscriptionId(1),
  quoteId: customerId(1),
  upgradeId: customerId(1),
  pathId: 'apps-business--o365-e5',
  enabled: true,
  partnerId: PARTNERS.kuzey,
  customerName: 'Deneme',
  offerId: OFFERS.businessBasic,
  purchasedOn: '2026-09-13',
  quantity: 25,
  targetOfferId: OFFERS.o365E3,
  upgradeType: 'upgrade_only',
  action: 'retry',
  userIds: [customerId(1)],
  provisioning: 'success',
};

function fieldsOf(schema: z.ZodType | undefined): string[] {
  type Form = { properties?: object; anyOf?: Form[]; oneOf?: Form[] };
  const names = ({ properties = {}, anyOf = [], oneOf = [] }: Form): string[] => [
    ...Object.keys(properties),
    ...[...anyOf, ...oneOf].flatMap(names),
  ];
  return schema ? [...new Set(names(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Form))] : [];
}

/** Calls an endpoint with one strange field. */
async function call(endpoint: Endpoint, part: Part, field: string, strange: unknown): Promise<Response> {
  const given = (which: Part) => {
    const schema = endpoint[which];
    const sound = schema && soundValue(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), SOUND);
    return { ...(sound as object), ...(which === part && { [field]: strange }) } as Record<string, unknown>;
  };
  const params = given('params');
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encode(params[name]));
  const query = part === 'query' ? `?${field}=${encode(strange)}` : '';
  return fetch(`${deployment.url}${path}${query}`, {
    method: endpoint.method,
    headers: { authorization: `Bearer ${token}`, ...(endpoint.body && { 'content-type': 'application/json' }) },
    ...(endpoint.body && { body: JSON.stringify(given('body')) }),
  });
}

/** Half a surrogate pair as the bytes that a careless client sends. */
function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
}

const parts = Object.entries<Endpoint>(endpoints).flatMap(([name, endpoint]) =>
  PARTS.map((part) => ({ name, endpoint, part, fields: fieldsOf(endpoint[part]) })),
);

describe('whatever is sent, the server answers, and its schemas find what the database would refuse', () => {
  it.each(parts.filter(({ fields }) => fields.length > 0))('in the $part of $name', async (one) => {
    for (const field of one.fields) {
      for (const strange of STRANGE) {
        const response = await call(one.endpoint, one.part, field, strange);
        const text = await response.text();
        expect(response.status, `${field}: ${JSON.stringify(strange)}: ${text}`).toBeLessThan(500);
        expect(text).not.toContain('"field":"request"');
      }
    }
  });
});
