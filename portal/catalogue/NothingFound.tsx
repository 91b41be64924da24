import { Button } from '@fluentui/react-components';
import { BookSearchRegular, SearchRegular } from '@fluentui/react-icons';
import { type TextKey, useText } from '../text.ts';
import { StateBlock } from '../ui/StateBlock.tsx';

type Props = {
  /** Absent where nothing narrows the list. */
  readonly clear: (() => void) | undefined;
  readonly of: 'offers' | 'lists';
};

/** In place of an empty list: nothing matches, or there is nothing. */
export function NothingFound({ clear, of }: Props) {
  const { say } = useText();
  if (!clear)
    return <StateBlock icon={<BookSearchRegular />} title={say(TEXTS[of].title)} body={say(TEXTS[of].body)} />;
  return (
    <StateBlock icon={<SearchRegular />} tone="neutral" title={say('cat.noMatchTitle')} body={say('cat.noMatchBody')}>
      <Button onClick={clear}>{say('common.clearFilters')}</Button>
    </StateBlock>
  );
}

const TEXTS = {
  offers: { title: 'cat.noOffersTitle', body: 'cat.noOffersBody' },
  lists: { title: 'cat.noListsTitle', body: 'cat.noListsBody' },
} as const satisfies Record<string, Readonly<Record<'title' | 'body', TextKey>>>;
