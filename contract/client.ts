import type { z } from 'zod';
import type { AnswerOf, Endpoint } from './endpoint.ts';
import type { Endpoints } from './endpoints.ts';
import type { Problem } from './problems.ts';
import { routes } from './routes.ts';
import type { Language } from './values.ts';

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value; readonly headers: Headers }
  | { readonly ok: false; readonly problem: Problem };

type Part<E extends Endpoint, Key extends 'params' | 'query' | 'body'> = E[Key] extends z.ZodType
  ? { [K in Key]: z.input<E[Key]> }
  : unknown;
export type Call<E extends Endpoint> = Part<E, 'params'> & Partial<Part<E, 'query'>> & Part<E, 'body'>;

export type Client = {
  <Name extends keyof Endpoints>(name: Name, call: Call<Endpoints[Name]>): Promise<Answer<AnswerOf<Endpoints[Name]>>>;
};

export type ClientOptions = {
  readonly baseUrl: string;
  readonly token?: string;
  readonly language?: Language;
  /** What a program calls itself; a browser says it by itself. */
  readonly program?: string;
};

/** A typed client of our own API. It returns the value or the problem, and of a file nothing; only a lost connection throws. */
export function createClient({ baseUrl, token, language = 'en', program }: ClientOptions): Client {
  return async (name, call) => {
    const { body } = call as { body?: unknown };
    const isText = typeof body === 'string';
    const response = await fetch(new URL(urlOf(name, call), baseUrl), {
      method: routes[name].method,
      headers: {
        accept: 'application/json',
        'accept-language': language,
        ...(program && { 'user-agent': program }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': typeOf(body) }),
      },
      ...(body !== undefined && { body: isText || body instanceof Blob ? body : JSON.stringify(body) }),
    });
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    if (!isJson) await response.body?.cancel();
    const value: unknown = isJson ? await response.json() : undefined;
    return response.ok
      ? { ok: true, value: value as AnswerOf<Endpoints[typeof name]>, headers: response.headers }
      : { ok: false, problem: value as Problem };
  };
}

function typeOf(body: unknown): string {
  if (body instanceof Blob) return 'application/octet-stream';
  return typeof body === 'string' ? 'text/csv; charset=utf-8' : 'application/json';
}

/** The address of a call, for what asks it by itself, e.g. a download. */
export function urlOf<Name extends keyof Endpoints>(name: Name, call: Call<Endpoints[Name]>): string {
  const { params = {}, query = {} } = call as { params?: object; query?: object };
  const given = new Map<string, unknown>(Object.entries(params));
  const path = routes[name].path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(given.get(key))));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  ).toString();
  return search ? `${path}?${search}` : path;
}
