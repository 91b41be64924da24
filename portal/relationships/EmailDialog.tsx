import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ComposedOnWire } from '../../contract/relationships.ts';
import { useText } from '../text.ts';
import { EmailView } from './EmailView.tsx';

/** The email of an open request, over the list that it was asked for from. */
export function EmailDialog({ email, close }: { email: ComposedOnWire; close: () => void }) {
  const { say } = useText();
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('rel.draft')}</DialogTitle>
          <DialogContent>
            <EmailView email={email} />
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{say('common.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
