import { Button } from '@fluentui/react-components';
import { ErrorCircleRegular } from '@fluentui/react-icons';
import { useText } from '../text.ts';
import { StateBlock } from '../ui/StateBlock.tsx';
import { holdKept } from '../ui/useKept.ts';

/** In place of a page that could not be drawn, e.g. because a newer version took its code away. */
export function CrashPage() {
  const { say } = useText();
  holdKept();
  return (
    <StateBlock
      icon={<ErrorCircleRegular />}
      tone="danger"
      page
      title={say('state.crashTitle')}
      body={say('state.crashReload')}
    >
      <Button appearance="primary" onClick={() => window.location.reload()}>
        {say('app.reload')}
      </Button>
    </StateBlock>
  );
}
