import {
  Button,
  makeStyles,
  Menu,
  MenuList,
  MenuPopover,
  MenuTrigger,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { MoreHorizontal20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';

// What stands below the acts is scrolled to with them.
const useStyles = makeStyles({ list: { height: 'auto' } });

type Props = {
  /** What it is for, with the name of the row. */
  readonly label: string;
  readonly disabled?: boolean;
  /** Below the acts, such as why one of them cannot be chosen. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
};

/** What else can be done to a row, at its end. */
export function MoreMenu({ label, disabled = false, note, children }: Props) {
  const styles = useStyles();
  const opener = useRestoreFocusTarget();
  return (
    <Menu positioning={{ autoSize: true, position: 'below', align: 'end' }}>
      <MenuTrigger disableButtonEnhancement>
        <Button
          {...opener}
          appearance="subtle"
          size="small"
          disabled={disabled}
          icon={<MoreHorizontal20Regular />}
          aria-label={label}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList className={styles.list}>{children}</MenuList>
        {note}
      </MenuPopover>
    </Menu>
  );
}
