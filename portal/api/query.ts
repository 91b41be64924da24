import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import type { Call } from '../../contract/client.ts';
import type { AnswerOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { Language } from '../../contract/values.ts';
import { useText } from '../text.ts';
import { noticeBuild } from './build.ts';
import { clientOf, ProblemError, problemOf } from './client.ts';
import { useFollowing } from './connection.ts';
import { isFollowed } from './topics.ts';

export type Name = keyof Endpoints;
export type Value<N extends Name> = AnswerOf<Endpoints[N]>;

const TRIES = 3;
/** Acts of colleagues are seen after this long, without a reload, also where none are told. */
const FRESH_FOR_MS = 10_000;
/** While changes are told: for what nobody announces, such as what another partner does to a user. */
const SELDOM_MS = 30_000;

/** A session that ended is noticed at the first answer that says so, whatever was asked. */
function noticeEndOfSession(error: unknown): void {
  if (problemOf(error)?.status === 401) void queryClient.invalidateQueries({ queryKey: ['showSession'] });
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => queryKey[0] !== 'showSession' && noticeEndOfSession(error),
  }),
  mutationCache: new MutationCache({ onError: noticeEndOfSession }),
  defaultOptions: {
    queries: { staleTime: FRESH_FOR_MS, retry: (failures, error) => failures < TRIES - 1 && isPassing(error) },
  },
});

/** No answer, or one that says that the next may be better. */
function isPassing(error: unknown): boolean {
  const problem = problemOf(error);
  return problem === undefined || problem.status === 503;
}

async function ask<N extends Name>(language: Language, name: N, call: Call<Endpoints[N]>): Promise<Value<N>> {
  const answer = await clientOf(language)(name, call);
  if (!answer.ok) throw new ProblemError(answer.problem);
  noticeBuild(answer.headers);
  return answer.value;
}

function queryOf<N extends Name>(language: Language, name: N, call: Call<Endpoints[N]>, bodyAs?: string) {
  const queryKey = [name, call, language, ...(bodyAs === undefined ? [] : [bodyAs])];
  return { queryKey, queryFn: () => ask(language, name, call) };
}

/** Starts a question before the page that asks it is there. */
export function prefetch<N extends Name>(language: Language, name: N, call: Call<Endpoints[N]>): void {
  void queryClient.prefetchQuery(queryOf(language, name, call));
}

type Options = {
  /** How often it is asked again where no changes are told. */ readonly every?: number | false;
  readonly enabled?: boolean;
  readonly keep?: boolean;
  /** Also in a tab that is not in sight. */ readonly hidden?: boolean;
  /** What tells a body of bytes apart. */ readonly bodyAs?: string;
};

/** The answer of an endpoint; `keep` shows the previous answer until another question's is there. */
export function useAnswer<N extends Name>(name: N, call: Call<Endpoints[N]>, options: Options = {}) {
  const { language } = useText();
  return useQuery({
    ...queryOf(language, name, call, options.bodyAs),
    refetchInterval: useInterval(name, options.every),
    refetchIntervalInBackground: options.hidden ?? false,
    enabled: options.enabled ?? true,
    ...(options.keep && { placeholderData: keepPreviousData }),
  });
}

function useInterval(name: Name, every: number | false = false): number | false {
  const following = useFollowing();
  return every !== false && following && isFollowed(name) ? Math.max(every, SELDOM_MS) : every;
}

type Paged = { readonly nextCursor: string | null };
type PagedCall<N extends Name> = (cursor: string | undefined) => Call<Endpoints[N]>;

function pagesOf<N extends Name>(language: Language, name: N, call: PagedCall<N>) {
  return {
    queryKey: [name, call(undefined), language, 'pages'],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => ask(language, name, call(pageParam)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Value<N>) => (last as Paged).nextCursor ?? undefined,
  };
}

export function prefetchPages<N extends Name>(language: Language, name: N, call: PagedCall<N>): void {
  void queryClient.prefetchInfiniteQuery(pagesOf(language, name, call));
}

/** The pages of a list, one after the other; the old ones stay until those of another question are there. */
export function usePages<N extends Name>(name: N, call: PagedCall<N>, { every = false }: Pick<Options, 'every'> = {}) {
  const { language } = useText();
  const pages = pagesOf(language, name, call);
  return useInfiniteQuery({ ...pages, refetchInterval: useInterval(name, every), placeholderData: keepPreviousData });
}

/** Everything that is shown is asked again, except quotes: another one would have another number. */
export function askAgain(): void {
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'quoteUpgrade' });
}

/** An act. When it is done, everything that is shown is asked again. */
export function useAct<N extends Name>(name: N) {
  const { language } = useText();
  return useMutation({ mutationFn: (call: Call<Endpoints[N]>) => ask(language, name, call), onSuccess: askAgain });
}
