import type { z } from 'zod';
import type { ProblemCode } from './problems.ts';

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `:name` marks a parameter, as the router writes it. */
  readonly path: `/api/${string}`;
};

/** One operation of our own API: what goes in, what comes out, and the problems of its own beside those that any request may meet. */
export type Endpoint = Route & {
  readonly summary: string;
  readonly tag: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 204;
  readonly answer: z.ZodType;
  readonly problems: readonly ProblemCode[];
  /** True where no sign-in is needed. */
  readonly open?: true;
  /** True where `Accept: text/csv` gives the same rows as CSV. */
  readonly csv?: true;
};

export type ParamsOf<E extends Endpoint> = E['params'] extends z.ZodType
  ? z.output<E['params']>
  : Record<string, never>;
export type QueryOf<E extends Endpoint> = E['query'] extends z.ZodType ? z.output<E['query']> : Record<string, never>;
export type BodyOf<E extends Endpoint> = E['body'] extends z.ZodType ? z.output<E['body']> : undefined;
export type AnswerOf<E extends Endpoint> = z.input<E['answer']>;
