import { hostname } from 'node:os';
import { type Call, createClient, urlOf } from '../contract/client.ts';
import type { AnswerOf } from '../contract/endpoint.ts';
import type { Endpoints } from '../contract/endpoints.ts';
import type { Problem } from '../contract/problems.ts';
import type { Language } from '../contract/values.ts';
import { EXIT } from './exit-codes.ts';
import { Failure, ProblemFailure } from './failure.ts';
import { harmless, type Say } from './words.ts';

type Name = keyof Endpoints;
export type Value<N extends Name> = AnswerOf<Endpoints[N]>;

export type Api = {
  readonly url: string;
  /** The value, or a failure with the words of the server. */
  ask<N extends Name>(name: N, call: Call<Endpoints[N]>): Promise<Value<N>>;
  /** What an endpoint answers as a file of a type, as it arrives. */
  file<N extends Name>(name: N, call: Call<Endpoints[N]>, type: FileType): Promise<Response>;
};
type FileType = 'text/csv' | 'application/pdf' | 'text/calendar';

type Options = {
  readonly url: string;
  readonly token: string | undefined;
  readonly language: Language;
  readonly say: Say;
};

/** What the sessions of this program are called in the list of an agent’s sessions. */
export const PROGRAM = `yukselt (${harmless(hostname()).slice(0, 60)})`;
const USER_AGENT = PROGRAM.replace(/[^\x20-\x7e]/g, '?');

/** The API of a server, like any other client of it. */
export function createApi({ url, token, language, say }: Options): Api {
  const client = createClient({ baseUrl: url, language, program: USER_AGENT, ...(token && { token }) });
  const reach = async <Answer>(asking: Promise<Answer>): Promise<Answer> => {
    try {
      return await asking;
    } catch (error) {
      const { cause } = error as { cause?: { code?: string; message?: string } };
      const reason = cause?.code ?? cause?.message ?? (error as Error).message;
      throw new Failure(EXIT.unreachable, say('error.unreachable', { url, reason }));
    }
  };
  return {
    url,
    async ask(name, call) {
      const answer = await reach(client(name, call));
      if (answer.ok) return answer.value;
      // Whatever answers there without a problem document is no Yükselt.
      if ((answer.problem as Problem | undefined)?.code === undefined)
        throw new Failure(EXIT.unreachable, say('error.notYukselt', { url }));
      throw new ProblemFailure(answer.problem);
    },
    async file(name, call, type) {
      const headers = {
        accept: type,
        'accept-language': language,
        'user-agent': USER_AGENT,
        ...(token && { authorization: `Bearer ${token}` }),
      };
      const answer = await reach(fetch(new URL(urlOf(name, call), url), { headers }));
      if (answer.ok) return answer;
      throw new ProblemFailure((await answer.json()) as Problem);
    },
  };
}
