import { makeStyles, tokens } from '@fluentui/react-components';
import { ChevronRight12Regular } from '@fluentui/react-icons';
import { type ReactNode, useEffect } from 'react';
import { RouterLink } from './RouterLink.tsx';
import { SCREEN } from './screen.ts';

const useStyles = makeStyles({
  crumbs: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: '6px',
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  crumb: { display: 'inline-flex', alignItems: 'center', columnGap: '6px' },
  here: { minWidth: 0, overflowWrap: 'anywhere' },
  crumbLink: { fontSize: 'inherit', color: tokens.colorNeutralForeground2 },
  row: {
    display: 'flex',
    alignItems: 'flex-start',
    columnGap: '16px',
    [SCREEN.belowTable]: { flexDirection: 'column', rowGap: '10px' },
  },
  text: { flexGrow: 1, minWidth: 0 },
  // The facts wrap, not the button beside them.
  action: { display: 'flex', alignItems: 'center', columnGap: '8px', flexShrink: 0, maxWidth: '100%' },
  title: {
    margin: '2px 0 0',
    fontSize: '24px',
    lineHeight: '32px',
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    [SCREEN.belowTable]: { fontSize: '20px', lineHeight: '26px' },
  },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: '16px',
    rowGap: '2px',
    color: tokens.colorNeutralForeground2,
    '& > span': { display: 'inline-flex', alignItems: 'center', columnGap: '6px' },
  },
});

export type Crumb = { readonly text: string; readonly to: string };

type Props = {
  /** The way here; the last part, this page, is text. */
  readonly crumbs?: { readonly label: string; readonly way: readonly Crumb[]; readonly here: string };
  readonly title: string;
  readonly facts?: ReactNode;
  readonly action?: ReactNode;
};

/** The head of every page: the way here, one heading, one line of facts, at most one thing to do. */
export function PageHead({ crumbs, title, facts, action }: Props) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} · Yükselt`;
  }, [title]);
  return (
    <div>
      {crumbs && (
        <nav aria-label={crumbs.label}>
          <ol className={styles.crumbs}>
            {crumbs.way.map(({ text, to }) => (
              <li key={to} className={styles.crumb}>
                <RouterLink to={to} className={styles.crumbLink}>
                  {text}
                </RouterLink>
                <ChevronRight12Regular aria-hidden />
              </li>
            ))}
            <li aria-current="page" className={styles.here}>
              {crumbs.here}
            </li>
          </ol>
        </nav>
      )}
      <div className={styles.row}>
        <div className={styles.text}>
          <h1 className={styles.title}>{title}</h1>
          {facts && <div className={styles.facts}>{facts}</div>}
        </div>
        {action && <div className={styles.action}>{action}</div>}
      </div>
    </div>
  );
}
