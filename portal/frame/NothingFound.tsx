import { Button } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { useText } from '../text.ts';
import { StateBlock } from '../ui/StateBlock.tsx';

type Props = {
  /** Absent where nothing narrows the list. */
  readonly clear: (() => void) | undefined;
  /** Why nothing is left of the list. */
  readonly noMatch: string;
  /** What a list says in which there is nothing at all. */
  readonly icon: JSX.Element;
  readonly title: string;
  readonly body: string;
};

/** In place of an empty list: nothing matches, or there is nothing. */
export function NothingFound({ clear, noMatch, icon, title, body }: Props) {
  const { say } = useText();
  if (!clear) return <StateBlock icon={icon} title={title} body={body} />;
  return (
    <StateBlock icon={<SearchRegular />} tone="neutral" title={say('customers.noMatchTitle')} body={noMatch}>
      <Button onClick={clear}>{say('common.clearFilters')}</Button>
    </StateBlock>
  );
}
