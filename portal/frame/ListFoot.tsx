import { Button } from '@fluentui/react-components';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useText } from '../text.ts';
import { TableFoot } from '../ui/TableFoot.tsx';

type Pages = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;

/** Below a list that comes page by page: how many rows are shown, and the way to more of them. */
export function ListFoot({ rows, pages }: { readonly rows: number; readonly pages: Pages }) {
  const { say } = useText();
  return (
    <TableFoot range={say('a11y.filtered', { n: rows })}>
      {pages.hasNextPage && (
        <Button size="small" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say('common.showMore')}
        </Button>
      )}
    </TableFoot>
  );
}
