import fc from 'fast-check';
import type { z } from 'zod';
import { customerId, OFFERS, PARTNERS, subscriptionId, userId } from '../demo/ids.ts';
import type { DescribedOperation } from './dialect-description.ts';

type Schema = z.core.JSONSchema.JSONSchema;

/** A request as no client sends it, or as only one does. */
export type MutatedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly caller: 'user' | 'application' | 'foreign' | 'nobody' | 'nonsense';
};

const CUSTOMERS = [1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 14, 16, 41, 99];
const someone = fc.constantFrom(...CUSTOMERS);
/** Ids that fit a parameter of an address below one customer. */
const idsOf = (customer: number): Readonly<Record<string, fc.Arbitrary<string>>> => ({
  customerid: fc.constant(customerId(customer)),
  subscriptionid: fc.constantFrom(1, 1, 1, 2, 3).map((which) => subscriptionId(customer, which)),
  userid: fc.constantFrom(1, 2, 8).map((user) => userId(customer, user)),
  offerid: fc.constantFrom(...Object.values(OFFERS)),
});
const SKUS = ['3b555118-da6a-4418-894f-7df1e2096870', '6fd2c87f-b296-42f0-b197-1e91e994b900'];
const guid = fc.oneof(
  someone.chain((customer) => fc.oneof(...Object.values(idsOf(customer)))),
  fc.constantFrom(...SKUS, ...Object.values(PARTNERS)),
  fc.uuid(),
  fc.uuid().map((one) => one.toUpperCase()),
);
const strange = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', ' ', 'null', '-1', '0', "'; drop table users; --", '../..', '\0', '\uFEFF', 'ı', 'İ', '𝒳', '{}'),
  fc.constantFrom('x'.repeat(5000), '1e400', '2026-02-30', '9999-12-31T23:59:59.999999999Z', '\u202Eabc'),
);
/** Half a surrogate pair cannot stand in an address. */
const encoded = strange.map((one) => encodeURIComponent(one.toWellFormed()));

/** Any request to one of the operations, most of them nearly right. */
export function mutatedRequest(operations: readonly DescribedOperation[]): fc.Arbitrary<MutatedRequest> {
  const [working = [], others = working] = [true, false].map((one) => operations.filter((of) => of.succeeds === one));
  const any = { weight: 1, arbitrary: fc.constantFrom(...others, ...working) };
  return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...working) }, any).chain((operation) =>
    fc.record({
      method: often(operation.method, fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD')),
      path: fc.tuple(pathOf(operation), queryOf(operation)).map(([path, query]) => path + query),
      headers,
      body: bodyOf(operation),
      caller: fc.oneof(
        { weight: 20, arbitrary: fc.constant('user' as const) },
        { weight: 3, arbitrary: fc.constantFrom('application', 'foreign', 'nobody', 'nonsense') },
      ),
    }),
  );
}

function often<Value>(usual: Value, otherwise: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: otherwise });
}

function pathOf({ path }: DescribedOperation): fc.Arbitrary<string> {
  const [prefix = ''] = /^(\/webhooks|\/auditactivity)?\/v1/.exec(path) ?? [];
  const rest = path.slice(prefix.length + 1);
  return someone.chain((customer) => partsOf(rest, idsOf(customer))).map((made) => prefix + made);
}

function partsOf(path: string, known: ReturnType<typeof idsOf>): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return often(part, fc.constantFrom(part.toUpperCase(), `/${part}`, `${part}x`));
    const usual = { weight: 16, arbitrary: known[name] ?? guid };
    return fc.oneof(usual, { weight: 1, arbitrary: guid }, { weight: 1, arbitrary: encoded });
  });
  const tail = fc.constantFrom('', '', '', '', '/', '//', '/x');
  return fc.tuple(fc.tuple(...parts), tail).map(([made, end]) => `/${made.join('/')}${end}`);
}

function queryOf({ query }: DescribedOperation): fc.Arbitrary<string> {
  const values = fc.oneof(
    fc.constantFrom(
      '1',
      '0',
      '500',
      '-1',
      '1.5',
      '99999999999999999999',
      'TR',
      'US',
      '2026-11-01',
      '2026-11-320',
      'Next',
    ),
    fc
      .constantFrom('CompanyName', 'UserState', 'CustomerId', 'ResourceType')
      .chain((field) =>
        strange.map((value) =>
          encodeURIComponent(JSON.stringify({ Field: field, Operator: 'starts_with', Value: value })),
        ),
      ),
    encoded,
    guid,
  );
  const pair = fc.tuple(fc.constantFrom(...query, 'size', 'x'), values).map(([name, value]) => `${name}=${value}`);
  return fc.array(pair, { maxLength: 3 }).map((pairs) => (pairs.length > 0 ? `?${pairs.join('&')}` : ''));
}

const ascii = fc.string({ maxLength: 30 }).map((text) => text.trim());
const FIXED = 'aaaaaaaa-0000-4000-8000-000000000001';
const headers = fc
  .record(
    {
      'ms-requestid': fc.oneof(fc.uuid(), fc.constant(FIXED), ascii),
      'ms-correlationid': fc.oneof(fc.uuid(), ascii),
      'x-locale': fc.constantFrom('tr-TR', 'en-US', 'en-US,en-US', 'x', ''),
      'ms-continuationtoken': ascii,
      'if-match': fc.oneof(fc.constant('*'), ascii),
      'content-type': fc.constantFrom(
        'application/json',
        'text/plain',
        'application/xml',
        'application/json; charset=latin1',
        'application/json, text/json',
        'x',
      ),
      'ms-partnercenter-client': fc.constantFrom('Partner Center .NET SDK', 'Partner Center Java SDK'),
    },
    { requiredKeys: [] },
  )
  .map((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== '')));

function bodyOf({ body, method }: DescribedOperation): fc.Arbitrary<string | undefined> {
  if (method === 'GET') return fc.constant(undefined);
  const fitting = body ? valueOf(body) : fc.anything({ maxDepth: 1 });
  return fc.oneof(
    { weight: 8, arbitrary: fitting.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '[]', 'null', '"', '{"a":1}{', '\uFEFF{}', '['.repeat(3000)) },
  );
}

/** A value for a schema, or nearly: other kinds, other spellings of keys, some of them twice. */
function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  const fitting = fittingValue(schema);
  const other = fc.oneof(
    strange,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.jsonValue({ maxDepth: 2 }),
  );
  return fc.oneof({ weight: 9, arbitrary: fitting }, { weight: 1, arbitrary: other });
}

function fittingValue(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valueOf));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'array') return fc.array(valueOf(schema.items as Schema), { maxLength: 3 });
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer' || schema.type === 'number') {
    return fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(-1, 300, 301, 2 ** 31, 2 ** 53, 1.5, 1e300));
  }
  if (schema.type === 'object') return objectOf(schema);
  return schema.format === 'uuid' ? fc.oneof(guid, strange) : strange;
}

function objectOf({ properties = {} }: Schema): fc.Arbitrary<object> {
  const shape = Object.fromEntries(
    Object.entries(properties).flatMap(([key, part]) => {
      const value = valueOf(part as Schema);
      return [[key, value] as const, [key.charAt(0).toUpperCase() + key.slice(1), value] as const];
    }),
  );
  const camel = Object.keys(properties);
  return fc.oneof(
    { weight: 6, arbitrary: fc.record(Object.fromEntries(camel.map((key) => [key, shape[key] ?? fc.constant(null)]))) },
    { weight: 2, arbitrary: fc.record(shape, { requiredKeys: [] }) },
  );
}
