import {
  Button,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  tokens,
} from '@fluentui/react-components';
import { Dismiss24Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  drawer: { width: '480px', maxWidth: '100vw' },
  hint: {
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    fontWeight: tokens.fontWeightRegular,
  },
  foot: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, alignItems: 'center' },
});

type Props = {
  readonly open: boolean;
  readonly close: () => void;
  readonly closeText: string;
  readonly title: string;
  readonly hint?: string;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
};

/** Details without losing the list: the focus goes in and comes back. */
export function SidePanel({ open, close, closeText, title, hint, foot, children }: Props) {
  const styles = useStyles();
  return (
    <OverlayDrawer
      className={styles.drawer}
      position="end"
      open={open}
      onOpenChange={(_event, data) => !data.open && close()}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          heading={{ as: 'h2' }}
          action={<Button appearance="subtle" aria-label={closeText} icon={<Dismiss24Regular />} onClick={close} />}
        >
          {title}
        </DrawerHeaderTitle>
        {hint && <div className={styles.hint}>{hint}</div>}
      </DrawerHeader>
      <DrawerBody>{children}</DrawerBody>
      {foot && <DrawerFooter className={styles.foot}>{foot}</DrawerFooter>}
    </OverlayDrawer>
  );
}
