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
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useText } from '../text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { FactsList } from '../ui/FactsList.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  value: { display: 'flex', alignItems: 'center', columnGap: '4px' },
  text: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

type Props = {
  readonly title: string;
  readonly warning: string;
  readonly facts?: readonly { readonly key: string; readonly value: ReactNode }[];
  readonly note?: string;
  /** Beside the button that closes it. */
  readonly action?: ReactNode;
  /** On that button, in place of the usual word. */
  readonly done?: string;
  readonly close: () => void;
  readonly children?: ReactNode;
};

/** Shows what is not seen again; so only its button closes it. */
export function OnceDialog({ title, warning, facts, note, action, done, close, children }: Props) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{warning}</MessageBarBody>
            </MessageBar>
            {facts && <FactsList facts={facts} />}
            {children}
            {note && <span>{note}</span>}
          </DialogContent>
          <DialogActions>
            {action}
            <Button appearance="primary" onClick={close}>
              {done ?? say('common.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

type Taken = {
  readonly text: string;
  /** In groups of signs, say, where that is easier to read. */
  readonly shown?: string;
  readonly name?: string;
};

/** A text to be taken along sign by sign, with a button that copies it where it has a name. */
export function TakenAlong({ text, shown = text, name }: Taken) {
  const { say } = useText();
  const styles = useStyles();
  if (name === undefined) return <span className={styles.text}>{shown}</span>;
  return (
    <span className={styles.value}>
      <span className={styles.text}>{shown}</span>
      <CopyButton compact text={say('common.copyOf', { what: name })} copied={say('common.copied')} value={text} />
    </span>
  );
}
