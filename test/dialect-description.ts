import { z } from 'zod';

type Schema = z.core.JSONSchema.JSONSchema;
type Content = { readonly content?: { readonly 'application/json': { readonly schema: Schema } } };
type Operation = {
  readonly 'x-asks'?: string | null;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
};

/** What the Partner Center API says of itself. */
export type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

export type DescribedOperation = {
  readonly method: string;
  readonly path: string;
  /** What a role must allow. */
  readonly asks: string | null | undefined;
  readonly query: readonly string[];
  readonly body: Schema | undefined;
  /** Whether it can succeed; some only say why they are not there. */
  readonly succeeds: boolean;
};

const descriptions = new Map<string, Promise<Description>>();

/** Asks a deployment once. */
export function readDescription(url: string): Promise<Description> {
  const known = descriptions.get(url);
  if (known) return known;
  const asked = fetch(`${url}/v1/openapi.json`).then((answer) => answer.json() as Promise<Description>);
  descriptions.set(url, asked);
  return asked;
}

export function operationsOf({ paths }: Description): DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody, responses, 'x-asks': asks }]) => ({
      method: method.toUpperCase(),
      path,
      asks,
      query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
      body: requestBody?.content?.['application/json'].schema,
      succeeds: Object.keys(responses).some((status) => status.startsWith('2')),
    })),
  );
}

/** In what an answer differs from the description; undefined: in nothing, or the address is not described. */
export function findMismatch(
  { paths }: Description,
  method: string,
  path: string,
  { status, body }: { readonly status: number; readonly body: unknown },
): string | undefined {
  const asked = path
    .replace(/\?.*$/s, '')
    .replace(/(?<=.)\/$/, '')
    .toLowerCase();
  const matching = Object.keys(paths).filter((one) => patternOf(one).test(asked));
  const nearest = matching.toSorted((one, other) => one.split('{').length - other.split('{').length);
  const operation = nearest.flatMap((one) => paths[one]?.[method.toLowerCase()] ?? [])[0];
  if (!operation) return undefined;
  const response = operation.responses[status];
  if (!response) return `${method} ${path} answers ${status}, which it does not describe`;
  const schema = response.content?.['application/json'].schema;
  const issues = schema && schemaOf(schema).safeParse(body).error?.issues;
  return issues && `${method} ${path} answers otherwise than it describes: ${JSON.stringify(issues)}`;
}

const schemas = new WeakMap<object, z.ZodType>();

function schemaOf(described: Schema): z.ZodType {
  const known = schemas.get(described);
  if (known) return known;
  const made = z.fromJSONSchema(described);
  schemas.set(described, made);
  return made;
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`, 'i');
}
