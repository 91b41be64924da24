import { describe, expect, it } from 'vitest';
import { type Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { openApiDocument } from './openapi.ts';
import { EVENTS, TEST_EVENT } from './webhook-events.ts';

type Operation = { parameters: object[]; responses: Record<string, object>; requestBody?: object };

const document = openApiDocument('1', true);
const operationOf = ({ path, method }: Endpoint) =>
  document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()] as Operation;

describe('the OpenAPI document', () => {
  it.each(Object.entries<Endpoint>(endpoints))('%s tells every answer that it may get', (_name, endpoint) => {
    const { responses, requestBody } = operationOf(endpoint);
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining([String(endpoint.status), '400', '429', '500', '503']),
    );
    const ofBodies = ['413', '415'].map((status) => status in responses);
    expect(ofBodies).toEqual(endpoint.body ? [true, true] : [false, false]);
    expect(requestBody !== undefined).toBe(endpoint.body !== undefined);
  });

  it('offers the choice of the language with every operation', () => {
    for (const endpoint of Object.values<Endpoint>(endpoints)) {
      expect(operationOf(endpoint).parameters).toContainEqual({ $ref: '#/components/parameters/AcceptLanguage' });
    }
    expect(document.components.parameters.AcceptLanguage).toMatchObject({ in: 'header', name: 'Accept-Language' });
  });

  it('takes a session as a bearer token or as the portal’s cookie', () => {
    expect(document.security).toEqual([{ session: [] }, { cookie: [] }]);
    expect(document.components.securitySchemes).toMatchObject({
      session: { scheme: 'bearer' },
      cookie: { in: 'cookie', name: 'yukselt_session' },
    });
  });

  it('tells a receiver of every event what it is sent', () => {
    expect(Object.keys(document.webhooks)).toEqual([...EVENTS, TEST_EVENT]);
    expect(document.webhooks['upgrade.applied']?.post).toMatchObject({
      parameters: [{ name: 'webhook-id' }, { name: 'webhook-timestamp' }, { name: 'webhook-signature' }],
      requestBody: {
        content: {
          'application/json': {
            schema: {
              allOf: [
                { required: ['id', 'type', 'timestamp', 'data'] },
                { properties: { type: { const: 'upgrade.applied' } } },
              ],
            },
          },
        },
      },
    });
  });

  it('leaves the sandbox out where there is none', () => {
    expect(Object.keys(openApiDocument('1', false).paths).join()).not.toContain('sandbox');
  });
});
