import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { problemOf } from '../api/client.ts';
import { useText } from '../text.ts';
import { ProblemBar } from './ProblemBar.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  wide: { maxWidth: '720px' },
});

type Props = {
  readonly title: string;
  readonly submit: string;
  readonly act: { readonly isPending: boolean; readonly error: Error | null };
  readonly perform: () => void;
  readonly close: () => void;
  readonly wide?: boolean;
  /** In place of the usual bar for what is not said at a field. */
  readonly problem?: ReactNode;
  readonly children: ReactNode;
};

/** A form over the page: stays while it is sent, and where it cannot be; the first field that is wrong takes the focus. */
export function FormDialog({ title, submit, act, perform, close, wide = false, problem, children }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const { isPending, error } = act;
  const { form, tried } = useFirstWrong(error);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    tried();
    if (!isPending) perform();
  };
  const usual = error && !problemOf(error)?.fields && <ProblemBar error={error} />;
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && !isPending && close()}>
      <DialogSurface {...(wide && { className: styles.wide })}>
        <form ref={form} noValidate onSubmit={onSubmit}>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>
              {problem === undefined ? usual : problem}
              {children}
            </DialogContent>
            <DialogActions>
              <Button disabled={isPending} onClick={close}>
                {say('common.cancel')}
              </Button>
              <Button type="submit" appearance="primary" disabledFocusable={isPending}>
                {submit}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

/** Leads to the first field that is wrong, by the form's own word or by the server's: `tried` tells that it was sent. */
export function useFirstWrong(error: Error | null) {
  const form = useRef<HTMLFormElement>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (times > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] input')?.focus();
  }, [times, error]);
  return { form, tried: () => setTimes((before) => before + 1) };
}
