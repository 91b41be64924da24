import { SearchRegular } from '@fluentui/react-icons';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { RouterButton } from '../ui/RouterLink.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';

export function NotFoundPage() {
  const { say } = useText();
  return (
    <StateBlock
      icon={<SearchRegular />}
      tone="neutral"
      page
      title={say('state.notFoundTitle')}
      body={say('state.notFoundBody')}
    >
      <RouterButton to={paths.customers}>{say('state.goCustomers')}</RouterButton>
    </StateBlock>
  );
}
