import { Field, FieldContextProvider, makeStyles, mergeClasses } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  // What stands in it must not make it wider than the page.
  field: { gridTemplateColumns: 'minmax(0, 1fr)' },
  group: { display: 'flex', flexDirection: 'column' },
});

type Props = {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly className?: string;
  readonly children: ReactNode;
};

/**
 * Boxes, or lines of fields, under one label, which is the group's. Bare in a `Field` they would all take its id, and every label would tick the
 * first. A group cannot be `aria-invalid`; `data-wrong` tells where it is.
 */
export function CheckboxGroup({ label, hint, error, className, children }: Props) {
  const styles = useStyles();
  return (
    <Field className={styles.field} label={label} hint={hint} validationMessage={error}>
      {(field) => (
        <FieldContextProvider value={undefined}>
          <div
            role="group"
            data-wrong={error === undefined ? undefined : ''}
            className={mergeClasses(styles.group, className)}
            aria-labelledby={field['aria-labelledby']}
            aria-describedby={field['aria-describedby']}
          >
            {children}
          </div>
        </FieldContextProvider>
      )}
    </Field>
  );
}
