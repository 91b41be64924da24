import type { z } from 'zod';
import type { ProblemCode } from './problems.ts';
import type { ActionOnWire } from './values.ts';

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
  /** What the body is, where it is not JSON. */
  readonly takes?: 'text/csv' | 'application/octet-stream';
  readonly status: 200 | 201 | 204;
  readonly answer: z.ZodType;
  readonly problems: readonly ProblemCode[];
  /** What the answer is, where it is a file and not JSON. */
  readonly file?: 'application/pdf' | 'text/calendar' | 'text/event-stream' | 'text/csv' | 'application/zip';
  /** True where `Accept: text/csv` gives the same rows as CSV. */
  readonly csv?: true;
} & (
    | { /** No sign-in is needed. */ readonly open: true; readonly asks?: never }
    | {
        /** What a role of the agent must allow (GET /api/roles); null: every agent may. */
        readonly asks: ActionOnWire | null;
        readonly open?: never;
      }
  );

export type ParamsOf<E extends Endpoint> = E['params'] extends z.ZodType
  ? z.output<E['params']>
  : Record<string, never>;
export type QueryOf<E extends Endpoint> = E['query'] extends z.ZodType ? z.output<E['query']> : Record<string, never>;
export type BodyOf<E extends Endpoint> = E['body'] extends z.ZodType ? z.output<E['body']> : undefined;
export type AnswerOf<E extends Endpoint> = z.input<E['answer']>;
