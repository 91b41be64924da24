import { type Call, urlOf } from '../../contract/client.ts';
import type { Problem } from '../../contract/problems.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { Language } from '../../contract/values.ts';
import { ProblemError } from './client.ts';
import type { Name } from './query.ts';

/** Saves what an endpoint says as CSV, in the reader's language, under the name that the server gives it. */
export async function downloadCsv<N extends Name>(
  language: Language,
  name: N,
  call: Call<Endpoints[N]>,
): Promise<string> {
  const answer = await fetch(urlOf(name, call), { headers: { accept: 'text/csv', 'accept-language': language } });
  if (!answer.ok) throw new ProblemError((await answer.json()) as Problem);
  const fileName = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? `${name}.csv`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
  return fileName;
}
