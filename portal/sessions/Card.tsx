import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Logo } from '../frame/Logo.tsx';
import { LanguageMenu } from '../frame/TopBar.tsx';

const useStyles = makeStyles({
  ground: {
    minHeight: '100vh',
    boxSizing: 'border-box',
    padding: '32px 16px',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    rowGap: '12px',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
  },
  card: {
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '400px',
    padding: '32px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '16px',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '8px',
    '@media (max-width: 640px)': { padding: '24px 16px' },
  },
  wide: { maxWidth: '560px' },
  title: { margin: '8px 0 0', fontSize: '20px', lineHeight: '26px', fontWeight: tokens.fontWeightSemibold },
  lead: { margin: 0, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center' },
});

type BareProps = { readonly title: string; readonly wide?: boolean; readonly children: ReactNode };

/** The one card of a page for people who are not signed in, with nothing on it yet. */
export function BareCard({ title, wide, children }: BareProps) {
  const styles = useStyles();
  return (
    <main className={styles.ground}>
      <div className={mergeClasses(styles.card, wide && styles.wide)}>
        <title>{`${title} · Yükselt`}</title>
        <div className={styles.head}>
          <Logo size={32} />
          <LanguageMenu />
        </div>
        {children}
      </div>
    </main>
  );
}

/** What the card is about. */
export function CardHead({ title, lead }: { readonly title: string; readonly lead: string }) {
  const styles = useStyles();
  return (
    <div>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.lead}>{lead}</p>
    </div>
  );
}

type Props = BareProps & { readonly lead: string; readonly notice?: ReactNode };

export function Card({ lead, notice, children, ...bare }: Props) {
  return (
    <BareCard {...bare}>
      {notice}
      <CardHead title={bare.title} lead={lead} />
      {children}
    </BareCard>
  );
}
