import { z } from 'zod';
import type { Action } from '../../core/access/may.ts';

/** One operation of the dialect as its description tells it. */
export type Operation<Answer extends z.ZodType = z.ZodType> = {
  readonly summary: string;
  /** What a role must allow, `view` where it is absent; null: nothing. */
  readonly asks?: Action | null;
  /** What may stand in the query, each with what it does. */
  readonly query?: Readonly<Record<string, string>>;
  /** What is read of the body; the rest of it is ignored. */
  readonly body?: z.ZodType;
  readonly status?: 200 | 201 | 202 | 204;
  readonly answer: Answer;
  /** The status of the only answer that it has, where it is not served; 501 is described there alone. */
  readonly refuses?: 403 | 501;
};

/** A write says what it asks for, unless it is not served. */
export type WriteOperation<Answer extends z.ZodType = z.ZodType> = Operation<Answer> &
  ({ readonly asks: Action } | { readonly refuses: 403 | 501 });

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
export type MountedOperation = Operation & { readonly tag: string; readonly method: Method; readonly path: string };

/** The answer of operations that have none. */
export const NOTHING = z.undefined();

const fault = z
  .object({ code: z.int(), description: z.string().max(1024), data: z.array(z.unknown()), source: z.string() })
  .meta({ title: 'Fault' });
const gatewayFault = z.object({ statusCode: z.int(), message: z.string() }).meta({ title: 'GatewayFault' });

const failing = (description: string, shape: z.ZodType = fault) => ({ description, content: json(shape, 'output') });
const FAILURES = {
  400: failing('Something in the request is wrong'),
  401: failing('There is no token, or it does not count'),
  403: failing('The role or the token is not enough'),
  404: failing('There is no such thing here'),
  409: failing('Another operation is running'),
  429: failing('Too many requests; `Retry-After` says when', gatewayFault),
  503: failing('The service is not available; `Retry-After` says when'),
};
const NOT_OFFERED = { ...FAILURES, 501: failing('It is not offered here; the description says what is instead') };

/** The OpenAPI 3.1 document of the dialect, made from the operations that are served. */
export function describeDialect(version: string, operations: readonly MountedOperation[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yükselt: the Partner Center API',
      version,
      description:
        'The REST dialect of Microsoft Partner Center. Paths and keys are read without case; what has no value is absent. Requests carry a token of `/{tenant}/oauth2/v2.0/token`.',
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    security: [{ token: [] }],
    paths,
  };
}

function describe({ tag, summary, asks = 'view', path, query = {}, body, status = 200, ...rest }: MountedOperation) {
  const { answer, refuses } = rest;
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  const text = { type: 'string' };
  return {
    tags: [tag],
    summary,
    ...(!refuses && { 'x-asks': asks }),
    parameters: [
      ...named.map((name) => ({ name, in: 'path', required: true, schema: text })),
      ...Object.entries(query).map(([name, description]) => ({ name, in: 'query', description, schema: text })),
    ],
    ...(body && { requestBody: { content: json(body, 'input') } }),
    responses: refuses
      ? NOT_OFFERED
      : { [status]: { description: 'Done', ...(status !== 204 && { content: json(answer, 'output') }) }, ...FAILURES },
  };
}

function json(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, reused: 'inline', unrepresentable: 'any' });
  return { 'application/json': { schema: rest } };
}
