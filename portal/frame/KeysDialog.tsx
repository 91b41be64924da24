import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Switch,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { type TextKey, useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { singleKeysAreOff, switchSingleKeys } from '../ui/useKeys.ts';

const KEYS: readonly (readonly [string, TextKey])[] = [
  ['?', 'keys.showKeys'],
  ['Ctrl K', 'keys.search'],
  ['G C', 'keys.goCustomers'],
  ['G U', 'keys.goUpgrades'],
  ['G B', 'keys.goBulk'],
  ['G K', 'keys.goCatalogue'],
  ['/', 'keys.listSearch'],
  ['↑ ↓', 'keys.rowMove'],
  ['Enter', 'keys.rowOpen'],
  ['Space', 'keys.rowSelect'],
  ['I', 'keys.cardOpen'],
  ['Ctrl Enter', 'keys.submit'],
  ['Esc', 'keys.dismiss'],
];

const useStyles = makeStyles({
  key: { fontFamily: tokens.fontFamilyMonospace },
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
});

/** The shortcuts, and a way to do without single keys (WCAG 2.1.4). */
export function KeysDialog({ open, close }: { open: boolean; close: () => void }) {
  const styles = useStyles();
  const { say } = useText();
  const [off, setOff] = useState(singleKeysAreOff);
  const change = (checked: boolean) => {
    switchSingleKeys(checked);
    setOff(checked);
  };
  return (
    <Dialog open={open} onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('keys.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <FactsList
              facts={KEYS.map(([key, text]) => ({ key: say(text), value: <kbd className={styles.key}>{key}</kbd> }))}
            />
            <Switch label={say('keys.turnOff')} checked={off} onChange={(_event, { checked }) => change(checked)} />
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{say('common.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
