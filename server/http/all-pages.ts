import type { Outcome } from '../failure.ts';

type Page = { readonly nextCursor: string | null };

/** The pages of a list one after the other, as they are asked for; one that is refused ends it. */
export async function* allPages<P extends Page>(
  read: (cursor: string | undefined) => Promise<Outcome<P>>,
): AsyncGenerator<P> {
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    if (!page.ok) return;
    yield page.value;
    cursor = page.value.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
