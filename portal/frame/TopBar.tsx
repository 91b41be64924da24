import {
  Avatar,
  Button,
  makeStyles,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import {
  DarkThemeRegular,
  Navigation20Regular,
  QuestionCircle20Regular,
  PersonRegular,
  SignOutRegular,
  WeatherMoon20Regular,
  WeatherSunny20Regular,
} from '@fluentui/react-icons';
import { Link as PlainLink, useNavigate } from 'react-router';
import { queryClient, useAct, type Value } from '../api/query.ts';
import { paths } from '../paths.ts';
import { SearchButton } from '../search/SearchButton.tsx';
import { switchLanguage, useText } from '../text.ts';
import { SCREEN } from '../ui/screen.ts';
import { forgetKept } from '../ui/useKept.ts';
import { chooseTheme, type ThemeChoice, useTheme } from '../ui/useTheme.ts';
import { Logo } from './Logo.tsx';
import { ROLE_TEXT } from './roles.ts';

const useStyles = makeStyles({
  bar: {
    gridColumn: '1 / -1',
    position: 'sticky',
    top: 0,
    zIndex: 5,
    boxSizing: 'border-box',
    minHeight: '48px',
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: '4px',
    padding: '0 16px 0 12px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    [SCREEN.belowTable]: { paddingRight: '8px' },
  },
  open: { display: 'none', [SCREEN.belowNavigation]: { display: 'inline-flex' } },
  home: {
    display: 'inline-flex',
    textDecorationLine: 'none',
    borderRadius: '4px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  language: { minWidth: 0 },
  rest: { flexGrow: 1 },
  note: {
    padding: '1px 8px',
    marginRight: '4px',
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusCircular,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    whiteSpace: 'nowrap',
  },
  // A line of its own where there is no room beside the rest: nobody may take the demo for real.
  notes: {
    display: 'flex',
    [SCREEN.belowTable]: { order: 1, flexBasis: '100%', justifyContent: 'center', paddingBottom: '4px' },
  },
  person: { display: 'flex', flexDirection: 'column', padding: '6px 8px', maxWidth: '280px' },
  quiet: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

type Props = {
  readonly session: Value<'showSession'> | undefined;
  readonly openNavigation: () => void;
  readonly openKeys: () => void;
  readonly openSearch: () => void;
};

export function TopBar({ session, openNavigation, openKeys, openSearch }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const opener = useRestoreFocusTarget();
  return (
    <header className={styles.bar}>
      <Button
        {...opener}
        className={styles.open}
        appearance="subtle"
        aria-label={say('app.openNav')}
        icon={<Navigation20Regular />}
        onClick={openNavigation}
      />
      <PlainLink to={paths.customers} className={styles.home}>
        <Logo />
      </PlainLink>
      <SearchButton open={openSearch} />
      <span className={styles.rest} />
      {(session?.demo || session?.sandbox) && (
        <span className={styles.notes}>
          {session.demo && <span className={styles.note}>{say('app.demoData')}</span>}
          {session.sandbox && <span className={styles.note}>{say('app.sandbox')}</span>}
        </span>
      )}
      <LanguageMenu />
      <ThemeMenu />
      <Button
        {...opener}
        appearance="subtle"
        aria-label={say('app.help')}
        icon={<QuestionCircle20Regular />}
        onClick={openKeys}
      />
      {session && <AccountMenu session={session} />}
    </header>
  );
}

export function LanguageMenu() {
  const { say, language } = useText();
  const styles = useStyles();
  return (
    <Menu
      checkedValues={{ language: [language] }}
      onCheckedValueChange={(_event, { checkedItems }) => void switchLanguage(checkedItems[0] === 'tr' ? 'tr' : 'en')}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          className={styles.language}
          appearance="subtle"
          aria-label={`${language.toLocaleUpperCase(language)} ${say('app.language')}`}
        >
          {language.toLocaleUpperCase(language)}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItemRadio name="language" value="tr" lang="tr">
            {say('app.languageTr')}
          </MenuItemRadio>
          <MenuItemRadio name="language" value="en" lang="en">
            {say('app.languageEn')}
          </MenuItemRadio>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

const THEME_ICON = { light: <WeatherSunny20Regular />, dark: <WeatherMoon20Regular />, system: <DarkThemeRegular /> };

function ThemeMenu() {
  const { say } = useText();
  const { choice } = useTheme();
  return (
    <Menu
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_event, { checkedItems }) => chooseTheme((checkedItems[0] ?? 'system') as ThemeChoice)}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" aria-label={say('app.theme')} icon={THEME_ICON[choice]} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItemRadio name="theme" value="light">
            {say('app.themeLight')}
          </MenuItemRadio>
          <MenuItemRadio name="theme" value="dark">
            {say('app.themeDark')}
          </MenuItemRadio>
          <MenuItemRadio name="theme" value="system">
            {say('app.themeSystem')}
          </MenuItemRadio>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function AccountMenu({ session: { agent } }: { session: Value<'showSession'> }) {
  const styles = useStyles();
  const { say } = useText();
  const navigate = useNavigate();
  const signOut = useAct('signOutOfProvider');
  const leave = async () => {
    const { url } = await signOut.mutateAsync({});
    queryClient.clear();
    forgetKept();
    // Whoever came through an identity provider leaves there too, and is sent back from there.
    if (url === null) await navigate(paths.signIn);
    else window.location.assign(url);
  };
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="transparent"
          aria-label={say('app.account', { name: agent.displayName })}
          icon={<Avatar name={agent.displayName} size={28} aria-hidden color="brand" />}
        />
      </MenuTrigger>
      <MenuPopover>
        <div className={styles.person}>
          <strong>{agent.displayName}</strong>
          <span className={styles.quiet}>{agent.partner.name}</span>
          <span className={styles.quiet}>
            {agent.roles.map((role) => say(ROLE_TEXT[role])).join(', ') || say('signin.withoutRole')}
          </span>
        </div>
        <MenuDivider />
        <MenuList>
          <MenuItem icon={<PersonRegular />} onClick={() => void navigate(paths.account)}>
            {say('app.accountPage')}
          </MenuItem>
          <MenuItem icon={<SignOutRegular />} onClick={() => void leave()}>
            {say('app.signOut')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
