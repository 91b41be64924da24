import { Button } from '@fluentui/react-components';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useText } from '../text.ts';
import { TableFoot } from '../ui/TableFoot.tsx';

type Pages = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;

/** How far below the window the end of a list may be when its next page is asked for. */
const AHEAD = '0px 0px 1500px';

/** Below a list that comes page by page: how many rows are shown, and the way to more of them. They come by themselves where one scrolls. */
export function ListFoot({ rows, pages }: { readonly rows: number; readonly pages: Pages }) {
  const { say } = useText();
  const foot = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (!foot.current || !hasNextPage || isFetchingNextPage) return undefined;
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) void fetchNextPage();
      },
      { rootMargin: AHEAD },
    );
    observer.observe(foot.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <TableFoot range={say('a11y.filtered', { n: rows })} ref={foot}>
      {hasNextPage && (
        <Button size="small" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say('common.showMore')}
        </Button>
      )}
    </TableFoot>
  );
}
