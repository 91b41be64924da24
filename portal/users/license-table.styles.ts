import { makeStyles, tokens } from '@fluentui/react-components';
import { SCREEN, SPOKEN_ONLY } from '../ui/screen.ts';

const focus = { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' };

/** How users by products look: names stay in sight while products scroll sideways. */
export const useLicenseTableStyles = makeStyles({
  // Words for a screen reader stand absolutely, and must scroll with their cells.
  scroll: { position: 'relative', overflowX: 'auto' },
  table: { width: '100%', borderCollapse: 'separate', borderSpacing: 0 },
  caption: SPOKEN_ONLY,
  head: {
    padding: '10px 8px',
    verticalAlign: 'bottom',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
  },
  userHead: { textAlign: 'start', color: tokens.colorNeutralForeground2 },
  product: {
    minWidth: '112px',
    maxWidth: '150px',
    textAlign: 'center',
    borderLeft: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  usage: {
    display: 'block',
    fontWeight: tokens.fontWeightRegular,
    fontVariantNumeric: 'tabular-nums',
    color: tokens.colorNeutralForeground2,
  },
  over: { color: tokens.colorStatusDangerForeground1 },
  lock: { display: 'inline-block', verticalAlign: 'text-bottom', marginRight: '4px' },
  elsewhere: { backgroundColor: tokens.colorNeutralBackground2 },
  check: { width: '36px', padding: '0 0 0 8px' },
  row: { ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    ':hover': { backgroundColor: tokens.colorBrandBackground2 },
  },
  body: { borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, height: '44px' },
  user: {
    position: 'sticky',
    left: 0,
    zIndex: 1,
    minWidth: '200px',
    padding: '4px 12px 4px 8px',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowWrap: 'anywhere',
    cursor: 'pointer',
    ':focus-visible': focus,
    [SCREEN.belowTable]: { minWidth: '150px', maxWidth: '190px' },
  },
  userSelected: { backgroundColor: tokens.colorBrandBackground2 },
  name: { display: 'block', fontWeight: tokens.fontWeightSemibold },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  missing: { color: tokens.colorStatusWarningForeground3 },
  cell: {
    borderLeft: `1px solid ${tokens.colorNeutralStroke3}`,
    textAlign: 'center',
    cursor: 'pointer',
    ':focus-visible': focus,
  },
  legend: { display: 'flex', flexWrap: 'wrap', gap: '4px 16px', padding: '8px 0', margin: 0, listStyleType: 'none' },
  entry: { display: 'inline-flex', alignItems: 'center', columnGap: '6px' },
});
