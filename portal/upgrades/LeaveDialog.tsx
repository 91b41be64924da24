import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useBlocker } from 'react-router';
import { useText } from '../text.ts';

/** Asks once before choices are left behind; they stay in the address, so Back brings them again. */
export function LeaveDialog({ asks }: { asks: boolean }) {
  const { say } = useText();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      asks && currentLocation.pathname !== nextLocation.pathname && !nextLocation.pathname.startsWith('/signin'),
  );
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && blocker.reset()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('wizard.leaveTitle')}</DialogTitle>
          <DialogContent>{say('wizard.leaveBodyOwn')}</DialogContent>
          <DialogActions>
            <Button onClick={() => blocker.reset()}>{say('wizard.leaveStay')}</Button>
            <Button appearance="primary" onClick={() => blocker.proceed()}>
              {say('wizard.leaveGo')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
