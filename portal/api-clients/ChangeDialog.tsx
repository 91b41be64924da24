import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Toast,
  ToastTitle,
  useToastController,
} from '@fluentui/react-components';
import type { SecretOnWire } from '../../contract/api-clients.ts';
import { askAgain, useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { TOASTER } from '../frame/toaster.ts';
import { type TextKey, useText } from '../text.ts';
import type { Change } from './useClientColumns.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '10px', overflowWrap: 'anywhere' },
});

const TEXTS: Readonly<Record<Change['act'], Readonly<Record<'title' | 'body' | 'submit', TextKey>>>> = {
  rotate: { title: 'settings.rotateTitle', body: 'settings.rotateBody', submit: 'settings.rotate' },
  revoke: { title: 'settings.revokeTitle', body: 'settings.revokeBody', submit: 'settings.revoke' },
};

type Props = Change & {
  readonly rotated: (made: SecretOnWire) => void;
  readonly revoked: () => void;
  readonly close: () => void;
};

/** Asks before a program loses its secret or its access. */
export function ChangeDialog({ act, client: { clientId, name }, rotated, revoked, close }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const { dispatchToast } = useToastController(TOASTER);
  const rotate = useAct('rotateSecret');
  const revoke = useAct('revokeApiClient');
  const { isPending, error } = act === 'rotate' ? rotate : revoke;
  const texts = TEXTS[act];
  const told = () => {
    dispatchToast(
      <Toast>
        <ToastTitle>{say('settings.revoked', { name })}</ToastTitle>
      </Toast>,
      { intent: 'success' },
    );
    revoked();
  };
  const submit = () => {
    const call = { params: { clientId } };
    // Perhaps a colleague was faster: what is true now is shown at once.
    if (act === 'rotate') rotate.mutate(call, { onSuccess: rotated, onError: askAgain });
    else revoke.mutate(call, { onSuccess: told, onError: askAgain });
  };
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && !isPending && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say(texts.title)}</DialogTitle>
          <DialogContent className={styles.content}>
            <strong>{name}</strong>
            <span>{say(texts.body)}</span>
            <MessageBar intent="warning">
              <MessageBarBody>{say('common.irreversible')}</MessageBarBody>
            </MessageBar>
            {error && <ProblemBar error={error} />}
          </DialogContent>
          <DialogActions>
            <Button disabled={isPending} onClick={close}>
              {say('confirm.back')}
            </Button>
            <Button appearance="primary" disabledFocusable={isPending} onClick={submit}>
              {say(texts.submit)}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
