import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { useVisit } from './useVisit.ts';

type Props = { readonly customerId: string; readonly subscriptionId: string };

/** Which colleagues are about to upgrade the same subscription. Nothing where nobody is. */
export function AlsoHere({ customerId, subscriptionId }: Props) {
  const { say } = useText();
  const format = useFormat();
  const others = useVisit(customerId, subscriptionId);
  if (others.length === 0) return null;
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        {others.map(({ displayName, since }) => (
          <div key={`${displayName} ${since}`}>
            {say('wizard.alsoHere', { name: displayName, time: format.time(since) })}
          </div>
        ))}
      </MessageBarBody>
    </MessageBar>
  );
}
