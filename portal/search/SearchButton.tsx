import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons';
import { useText } from '../text.ts';
import { SCREEN } from '../ui/screen.ts';

const useStyles = makeStyles({
  wide: {
    marginLeft: '24px',
    width: '376px',
    justifyContent: 'flex-start',
    whiteSpace: 'nowrap',
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground2,
    [SCREEN.belowPreview]: { marginLeft: '8px', width: 'auto' },
    [SCREEN.belowTable]: { minWidth: 0, padding: '5px', border: 'none', backgroundColor: 'transparent' },
  },
  long: { [SCREEN.belowPreview]: { display: 'none' } },
  short: { display: 'none', [SCREEN.belowPreview]: { display: 'inline' }, [SCREEN.belowTable]: { display: 'none' } },
  key: {
    marginLeft: 'auto',
    paddingLeft: '12px',
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    [SCREEN.belowTable]: { display: 'none' },
  },
});

/** In the top bar: looks like the field that it opens. */
export function SearchButton({ open }: { open: () => void }) {
  const styles = useStyles();
  const { say } = useText();
  return (
    <Button
      {...useRestoreFocusTarget()}
      className={styles.wide}
      aria-label={say('keys.search')}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      icon={<Search20Regular />}
      onClick={open}
    >
      <span className={styles.long}>{say('app.globalSearch')}</span>
      <span className={styles.short}>{say('app.globalSearchShort')}</span>
      <kbd className={styles.key}>{SEARCH_KEY}</kbd>
    </Button>
  );
}

const SEARCH_KEY = /^Mac|^iP/.test(navigator.platform) ? '⌘K' : 'Ctrl K';
