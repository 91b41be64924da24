import { z } from 'zod';

/** One operation of the dialect as its description tells it. */
export type Operation<Answer extends z.ZodType = z.ZodType> = {
  readonly summary: string;
  /** What may stand in the query, each with what it does. */
  readonly query?: Readonly<Record<string, string>>;
  /** What is read of the body; the rest of it is ignored. */
  readonly body?: z.ZodType;
  readonly status?: 200 | 201 | 202 | 204;
  readonly answer: Answer;
  /** The status of the only answer that it has, where it is not served; 501 is described there alone. */
  readonly refuses?: 403 | 501;
};

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
export type MountedOperation = Operation & { readonly tag: string; readonly method: Method; readonly path: string };

/** The answer of operations that have none. */
export const NOTHING = z.undefined();

const fault = z
  .object({ code: z.int(), description: z.string().max(1024), data: z.array(z.unknown()), source: z.string() })
  .meta({ title: 'Fault' });
const gatewayFault = z.object({ statusCode: z.int(), message: z.string() }).meta({ title: 'GatewayFault' });

const FAILURES: Readonly<Record<string, readonly [string, z.ZodType]>> = {
  400: ['Something in the request is wrong', fault],
  401: ['There is no token, or it does not count', fault],
  403: ['The role or the token is not enough', fault],
  404: ['There is no such thing here', fault],
  409: ['Another operation is running', fault],
  429: ['Too many requests; `Retry-After` says when', gatewayFault],
  501: ['It is not offered here; the description says what is instead', fault],
  503: ['The service is not available; `Retry-After` says when', fault],
};

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

function describe({ tag, summary, path, query = {}, body, status = 200, answer, refuses }: MountedOperation) {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  const text = { type: 'string' };
  return {
    tags: [tag],
    summary,
    parameters: [
      ...named.map((name) => ({ name, in: 'path', required: true, schema: text })),
      ...Object.entries(query).map(([name, description]) => ({ name, in: 'query', description, schema: text })),
    ],
    ...(body && { requestBody: { content: json(body, 'input') } }),
    responses: {
      ...(!refuses && {
        [status]: { description: 'Done', ...(status !== 204 && { content: json(answer, 'output') }) },
      }),
      ...Object.fromEntries(
        Object.entries(FAILURES)
          .filter(([failure]) => refuses || failure !== '501')
          .map(([failure, [description, shape]]) => [failure, { description, content: json(shape, 'output') }]),
      ),
    },
  };
}

function json(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, reused: 'inline', unrepresentable: 'any' });
  return { 'application/json': { schema: rest } };
}
