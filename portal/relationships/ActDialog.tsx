import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useText } from '../text.ts';

type Props = {
  readonly title: string;
  readonly body: string;
  readonly verb: string;
  readonly act: { readonly isPending: boolean; readonly error: Error | null };
  readonly run: () => void;
  readonly close: () => void;
};

/** Asks before something ends; what the server says against it stands in the dialog. */
export function ActDialog({ title, body, verb, act, run, close }: Props) {
  const { say } = useText();
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && !act.isPending && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {body}
            {act.error && <ProblemBar error={act.error} />}
          </DialogContent>
          <DialogActions>
            <Button disabled={act.isPending} onClick={close}>
              {say('common.cancel')}
            </Button>
            <Button appearance="primary" disabledFocusable={act.isPending} onClick={run}>
              {verb}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
