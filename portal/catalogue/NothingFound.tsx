import { Button } from '@fluentui/react-components';
import { BookSearchRegular, SearchRegular } from '@fluentui/react-icons';
import { type TextKey, useText } from '../text.ts';
import { StateBlock } from '../ui/StateBlock.tsx';

type Props = {
  /** Absent where nothing narrows the list. */
  readonly clear: (() => void) | undefined;
  readonly title: TextKey;
  readonly body: TextKey;
};

/** In place of an empty list: nothing matches, or there is nothing. */
export function NothingFound({ clear, title, body }: Props) {
  const { say } = useText();
  if (!clear) return <StateBlock icon={<BookSearchRegular />} title={say(title)} body={say(body)} />;
  return (
    <StateBlock icon={<SearchRegular />} tone="neutral" title={say('cat.noMatchTitle')} body={say('cat.noMatchBody')}>
      <Button onClick={clear}>{say('common.clearFilters')}</Button>
    </StateBlock>
  );
}
