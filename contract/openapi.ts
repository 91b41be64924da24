import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { problem, PROBLEMS, type ProblemCode } from './problems.ts';
import { SESSION_COOKIE } from './sessions.ts';
import { LANGUAGES } from './values.ts';
import { EVENT_TEXTS, EVENTS, type SentEvent, TEST_EVENT } from './webhook-events.ts';
import { eventMessage } from './webhooks.ts';

/** Problems that any request may meet. */
const COMMON: readonly ProblemCode[] = [
  'invalid-request',
  'too-many-requests',
  'internal-error',
  'database-unavailable',
];
/** Problems that any request with a body may meet. */
const OF_BODIES: readonly ProblemCode[] = ['too-large', 'unsupported-media-type'];

const SENT: readonly SentEvent[] = [...EVENTS, TEST_EVENT];

const ACCEPT_LANGUAGE = {
  name: 'Accept-Language',
  in: 'header',
  description: 'The language of all words in the answer; English unless Turkish is asked for first',
  schema: { type: 'string', examples: LANGUAGES },
};

/** The OpenAPI 3.1 document of our own API, made from the endpoint table. */
export function openApiDocument(version: string, withSandbox: boolean) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operationId, endpoint] of Object.entries<Endpoint>(endpoints)) {
    if (endpoint.tag === 'Sandbox' && !withSandbox) continue;
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(operationId, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yükselt',
      version,
      description:
        'Every endpoint answers in Turkish or English by Accept-Language. Amounts are decimal strings, days and moments are UTC. Errors are problem documents that name the field or the reason and what helps.',
    },
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The token of POST /api/sessions' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: SESSION_COOKIE,
          description: 'The same token, as the portal keeps it',
        },
      },
      parameters: { AcceptLanguage: ACCEPT_LANGUAGE },
      schemas: { Problem: schemaOf(problem, 'output') },
    },
    security: [{ session: [] }, { cookie: [] }],
    paths,
    webhooks: Object.fromEntries(SENT.map((event) => [event, { post: messageOf(event) }])),
  };
}

/** What a receiver is sent, by the scheme of Standard Webhooks. */
function messageOf(event: SentEvent) {
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  });
  return {
    tags: ['Webhooks'],
    summary: EVENT_TEXTS.en[event],
    security: [],
    parameters: [
      header('webhook-id', 'The id of the event: the same at each attempt, so that a repeat is known as one'),
      header('webhook-timestamp', 'When this attempt was made, in seconds since 1970'),
      header(
        'webhook-signature',
        'v1, a comma and the HMAC-SHA256 in Base64 of id, timestamp and body, joined by dots; a space between several, of which one counts',
      ),
    ],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { allOf: [schemaOf(eventMessage, 'output'), { properties: { type: { const: event } } }] },
        },
      },
    },
    responses: { '2XX': { description: 'Taken. Any other answer, or none within 10 seconds, has it sent again' } },
  };
}

function operationOf(operationId: string, endpoint: Endpoint) {
  const { params, query, body, takes = 'application/json', status, answer, problems, open, csv, file } = endpoint;
  const codes: ProblemCode[] = [
    ...COMMON,
    ...(body ? OF_BODIES : []),
    ...(endpoint.method === 'GET' ? [] : (['other-site'] as const)),
    ...(open ? [] : (['not-signed-in'] as const)),
    ...problems,
  ];
  const failures = Object.groupBy(codes, (code) => String(PROBLEMS[code]));
  return {
    operationId,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.asks && { 'x-asks': endpoint.asks }),
    ...(open && { security: [] }),
    parameters: [
      { $ref: '#/components/parameters/AcceptLanguage' },
      ...parametersOf(params, 'path'),
      ...parametersOf(query, 'query'),
    ],
    ...(body && {
      requestBody: { required: true, content: { [takes]: { schema: schemaOf(body, 'input') } } },
    }),
    responses: {
      [status]: {
        description: 'Done',
        ...(status !== 204 && {
          content: file
            ? { [file]: { schema: { type: 'string', format: 'binary' } } }
            : {
                'application/json': { schema: schemaOf(answer, 'output') },
                ...(csv && { 'text/csv': { schema: { type: 'string' } } }),
              },
        }),
      },
      ...Object.fromEntries(
        Object.entries(failures).map(([failure, named]) => [
          failure,
          {
            description: (named ?? []).join(', '),
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  };
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query') {
  if (!schema) return [];
  return Object.entries(schema.shape).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path' || !part.safeParse(undefined).success,
    schema: schemaOf(part as z.ZodType, 'input'),
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: io === 'output' ? 'input' : io,
    unrepresentable: 'any',
  });
  return rest;
}
