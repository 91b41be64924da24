import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { useIsOld } from '../api/build.ts';
import { useText } from '../text.ts';

/** In a tab that was opened before the server was renewed: says so, and leads to the new version. */
export function NewVersion() {
  const { say } = useText();
  if (!useIsOld()) return null;
  return (
    <MessageBar intent="info">
      <MessageBarBody>{say('app.newVersion')}</MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => window.location.reload()}>{say('app.reload')}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
