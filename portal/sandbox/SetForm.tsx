import { Button, Field, makeStyles } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useText } from '../text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', alignItems: 'flex-start', columnGap: '8px', width: '100%', maxWidth: '440px' },
  field: { flexGrow: 1, minWidth: 0, '& .fui-Input': { minWidth: 0, width: '100%' } },
  /** On the line of the input, below the field's label. */
  beside: { marginTop: '26px' },
});

type Props = {
  readonly label: string;
  readonly hint: string;
  readonly message: string | undefined;
  readonly busy: boolean;
  readonly set: () => void;
  readonly children: ReactElement;
};

/** One field, and the button that sets it. */
export function SetForm({ label, hint, message, busy, set, children }: Props) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        set();
      }}
    >
      <Field className={styles.field} label={label} hint={hint} validationMessage={message}>
        {children}
      </Field>
      <Button type="submit" className={styles.beside} disabledFocusable={busy}>
        {say('sandbox.set')}
      </Button>
    </form>
  );
}
