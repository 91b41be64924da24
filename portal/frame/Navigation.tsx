import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  mergeClasses,
  OverlayDrawer,
  tokens,
} from '@fluentui/react-components';
import {
  ArrowUp20Regular,
  Beaker20Regular,
  BookQuestionMark20Regular,
  CalendarLtr20Regular,
  ClipboardTextLtr20Regular,
  DataBarVertical20Regular,
  Dismiss24Regular,
  Flowchart20Regular,
  Handshake20Regular,
  Layer20Regular,
  MailInbox20Regular,
  People20Regular,
  PersonKey20Regular,
  Receipt20Regular,
  Settings20Regular,
} from '@fluentui/react-icons';
import { NavLink } from 'react-router';
import { useAnswer } from '../api/query.ts';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { SCREEN } from '../ui/screen.ts';
import { Spoken } from '../ui/Spoken.tsx';
import { Logo } from './Logo.tsx';
import { useSession } from './useSession.ts';

const useStyles = makeStyles({
  side: {
    position: 'sticky',
    top: '48px',
    boxSizing: 'border-box',
    height: 'calc(100vh - 48px)',
    overflowY: 'auto',
    padding: '8px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    [SCREEN.belowNavigation]: { display: 'none' },
  },
  group: {
    margin: '8px 10px 4px',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
  },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  entry: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    columnGap: '10px',
    height: '36px',
    padding: '0 10px',
    borderRadius: '4px',
    textDecorationLine: 'none',
    color: tokens.colorNeutralForeground2,
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: {
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
    '::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: '9px',
      bottom: '9px',
      width: '3px',
      borderRadius: '2px',
      backgroundColor: tokens.colorBrandForeground1,
      '@media (forced-colors: active)': { backgroundColor: 'Highlight' },
    },
  },
  drawer: { width: '260px' },
  count: {
    marginLeft: 'auto',
    minWidth: '20px',
    padding: '0 6px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    fontSize: tokens.fontSizeBase200,
    lineHeight: '18px',
    fontWeight: tokens.fontWeightSemibold,
    textAlign: 'center',
  },
});

type Entry = {
  readonly to: string;
  readonly text: TextKey;
  readonly icon: React.JSX.Element;
  /** In a sandbox alone. */
  readonly sandbox?: true;
  /** Says how much waits for the agent there. */
  readonly counts?: true;
  /** In a sandbox or the demo alone. */
  readonly play?: true;
};
type Group = { readonly title: TextKey | undefined; readonly entries: readonly Entry[] };

const GROUPS: readonly Group[] = [
  {
    title: 'nav.groupWork',
    entries: [
      { to: paths.customers, text: 'nav.customers', icon: <People20Regular /> },
      { to: paths.upgrades, text: 'nav.upgrades', icon: <ArrowUp20Regular />, counts: true },
      { to: paths.campaigns, text: 'nav.bulk', icon: <Layer20Regular /> },
      { to: paths.deadlines, text: 'nav.deadlines', icon: <CalendarLtr20Regular /> },
      { to: paths.licenses, text: 'nav.licenses', icon: <PersonKey20Regular /> },
      { to: paths.relationships, text: 'nav.relationships', icon: <Handshake20Regular /> },
    ],
  },
  {
    title: 'nav.groupInsight',
    entries: [
      { to: paths.catalogue, text: 'nav.catalogue', icon: <Flowchart20Regular /> },
      { to: paths.reports, text: 'nav.reports', icon: <DataBarVertical20Regular /> },
    ],
  },
  {
    title: 'nav.groupAdmin',
    entries: [
      { to: paths.invoices, text: 'nav.invoices', icon: <Receipt20Regular /> },
      { to: paths.audit, text: 'nav.audit', icon: <ClipboardTextLtr20Regular /> },
      { to: paths.settings, text: 'nav.settings', icon: <Settings20Regular /> },
    ],
  },
  {
    title: undefined,
    entries: [
      { to: paths.sandbox, text: 'app.sandbox', icon: <Beaker20Regular />, sandbox: true },
      { to: paths.mailbox, text: 'app.mailbox', icon: <MailInbox20Regular />, play: true },
      { to: '/help', text: 'nav.help', icon: <BookQuestionMark20Regular /> },
    ],
  },
];

/** The entries that exist; on a narrow screen in a drawer. */
export function Navigation({ shown, close }: { shown: boolean; close: () => void }) {
  const styles = useStyles();
  const { say } = useText();
  return (
    <>
      <nav aria-label={say('app.mainNav')} className={styles.side}>
        <Entries />
      </nav>
      <OverlayDrawer className={styles.drawer} open={shown} onOpenChange={(_event, data) => !data.open && close()}>
        <DrawerHeader>
          <DrawerHeaderTitle
            action={
              <Button
                appearance="subtle"
                aria-label={say('app.closeNav')}
                icon={<Dismiss24Regular />}
                onClick={close}
              />
            }
          >
            <Logo />
          </DrawerHeaderTitle>
        </DrawerHeader>
        <DrawerBody>
          <nav aria-label={say('app.mainNav')}>
            <Entries />
          </nav>
        </DrawerBody>
      </OverlayDrawer>
    </>
  );
}

function Entries() {
  const styles = useStyles();
  const { say } = useText();
  const session = useSession().data;
  const isShown = ({ sandbox, play }: Entry) =>
    (!sandbox || session?.sandbox) && (!play || session?.sandbox || session?.demo);
  return GROUPS.map(({ title, entries }) => ({ title, entries: entries.filter(isShown) }))
    .filter(({ entries }) => entries.length > 0)
    .map(({ title, entries }) => (
      <div key={title ?? 'rest'}>
        {title && <div className={styles.group}>{say(title)}</div>}
        <ul className={styles.list}>
          {entries.map(({ to, text, icon, counts }) => (
            <li key={to}>
              <NavLink to={to} className={({ isActive }) => mergeClasses(styles.entry, isActive && styles.current)}>
                {icon}
                {say(text)}
                {counts && <ForYou />}
              </NavLink>
            </li>
          ))}
        </ul>
      </div>
    ));
}

const COUNTED_AGAIN_MS = 30_000;

/** How many upgrades wait for this agent; nothing where none does. */
function ForYou() {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const may = useSession().data?.may.view ?? false;
  const count = useAnswer('countUpgrades', {}, { every: COUNTED_AGAIN_MS, enabled: may }).data?.forYou ?? 0;
  if (count === 0) return null;
  return (
    <>
      <span className={styles.count} aria-hidden>
        {format.number(count)}
      </span>
      <Spoken>{say('nav.upgradesForYou', { n: count })}</Spoken>
    </>
  );
}
