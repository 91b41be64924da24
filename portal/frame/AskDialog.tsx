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
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import { ProblemBar } from './ProblemBar.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '10px', overflowWrap: 'anywhere' },
});

type Props = {
  readonly title: string;
  /** What it would be done to. */
  readonly subject: string;
  readonly body?: string;
  /** What there is to see or to say before it is done. */
  readonly children?: ReactNode;
  /** False: it cannot be done yet. */
  readonly ready?: boolean;
  readonly irreversible?: boolean;
  readonly submit: string;
  readonly act: { readonly isPending: boolean; readonly error: Error | null };
  readonly perform: () => void;
  readonly close: () => void;
};

/** Asks before something ends or changes for somebody; stays while it is done, and where it cannot be. */
export function AskDialog({
  title,
  subject,
  body,
  children,
  ready = true,
  submit,
  act,
  perform,
  close,
  ...rest
}: Props) {
  const { say } = useText();
  const styles = useStyles();
  const { irreversible = false } = rest;
  const { isPending, error } = act;
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && !isPending && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <strong>{subject}</strong>
            {body && <span>{body}</span>}
            {children}
            {irreversible && (
              <MessageBar intent="warning">
                <MessageBarBody>{say('common.irreversible')}</MessageBarBody>
              </MessageBar>
            )}
            {error && <ProblemBar error={error} />}
          </DialogContent>
          <DialogActions>
            <Button disabled={isPending} onClick={close}>
              {say('confirm.back')}
            </Button>
            <Button appearance="primary" disabledFocusable={isPending || !ready} onClick={perform}>
              {submit}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
