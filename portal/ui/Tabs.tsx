import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useLayoutEffect, useRef } from 'react';
import { Link, NavLink, useLocation } from 'react-router';

const useStyles = makeStyles({
  tabs: {
    display: 'flex',
    columnGap: '4px',
    overflowX: 'auto',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  tab: {
    padding: '10px 10px 8px',
    whiteSpace: 'nowrap',
    textDecorationLine: 'none',
    color: tokens.colorNeutralForeground2,
    borderBottom: '2px solid transparent',
    ':hover': { color: tokens.colorNeutralForeground1 },
    '@media (forced-colors: active)': { borderBottomColor: 'Canvas' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
    '@media (forced-colors: active)': { borderBottomColor: 'Highlight' },
  },
});

/** Sibling views of one thing, each with its own address, which may change while one is pressed: it stays the same link. The one that is shown is in sight. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  /** `current` where the path alone does not tell which one is shown. */
  tabs: readonly { readonly to: string; readonly text: string; readonly current?: boolean }[];
}) {
  const styles = useStyles();
  const { pathname } = useLocation();
  const line = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const [all, here] = [line.current, line.current?.querySelector('[aria-current=page]')];
    if (!all || !here) return;
    const [outer, inner] = [all.getBoundingClientRect(), here.getBoundingClientRect()];
    all.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
  }, [pathname]);
  return (
    <nav ref={line} aria-label={label} className={styles.tabs}>
      {tabs.map(({ to, text, current }, place) =>
        current === undefined ? (
          <NavLink
            key={place}
            to={to}
            className={({ isActive }) => mergeClasses(styles.tab, isActive && styles.current)}
          >
            {text}
          </NavLink>
        ) : (
          <Link
            key={place}
            to={to}
            aria-current={current ? 'page' : undefined}
            className={mergeClasses(styles.tab, current && styles.current)}
          >
            {text}
          </Link>
        ),
      )}
    </nav>
  );
}
