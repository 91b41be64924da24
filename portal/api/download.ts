import { type Call, urlOf } from '../../contract/client.ts';
import type { Problem } from '../../contract/problems.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import type { Language } from '../../contract/values.ts';
import { ProblemError } from './client.ts';
import type { Name } from './query.ts';

export type FileKind = 'csv' | 'pdf' | 'ics' | 'zip';
const TYPES: Readonly<Record<FileKind, string>> = {
  csv: 'text/csv',
  pdf: 'application/pdf',
  ics: 'text/calendar',
  zip: 'application/zip',
};

/** Saves what an endpoint says as a file, in the reader's language, under the name that the server gives it. */
export async function download<N extends Name>(
  kind: FileKind,
  language: Language,
  name: N,
  call: Call<Endpoints[N]>,
): Promise<string> {
  const answer = await fetch(urlOf(name, call), { headers: { accept: TYPES[kind], 'accept-language': language } });
  if (!answer.ok) throw new ProblemError((await answer.json()) as Problem);
  const fileName = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? `${name}.${kind}`;
  saveAs(fileName, await answer.blob());
  return fileName;
}

/** Saves a file. */
export function saveAs(fileName: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
