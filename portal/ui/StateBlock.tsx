import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  block: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    textAlign: 'center',
    rowGap: '8px',
    padding: '56px 16px',
  },
  icon: {
    display: 'grid',
    placeItems: 'center',
    width: '44px',
    height: '44px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontSize: '20px',
  },
  danger: { backgroundColor: tokens.colorStatusDangerBackground1, color: tokens.colorStatusDangerForeground1 },
  neutral: { backgroundColor: tokens.colorNeutralBackground3, color: tokens.colorNeutralForeground2 },
  title: {
    margin: '6px 0 0',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  body: { margin: 0, maxWidth: '420px', color: tokens.colorNeutralForeground2 },
  acts: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: '8px', marginTop: '6px' },
});

type Props = {
  readonly icon: ReactNode;
  readonly tone?: 'brand' | 'danger' | 'neutral';
  readonly title: string;
  /** True where it stands for the whole page. */
  readonly page?: boolean;
  readonly body: ReactNode;
  /** At most two things to do. */
  readonly children?: ReactNode;
};

/** In place of what is not there: why, and what to do about it. */
export function StateBlock({ icon, tone = 'brand', title, page = false, body, children }: Props) {
  const styles = useStyles();
  const Title = page ? 'h1' : 'h2';
  return (
    <div className={styles.block} role={tone === 'danger' ? 'alert' : undefined}>
      <span className={mergeClasses(styles.icon, tone !== 'brand' && styles[tone])} aria-hidden>
        {icon}
      </span>
      <Title className={styles.title}>{title}</Title>
      <p className={styles.body}>{body}</p>
      {children && <div className={styles.acts}>{children}</div>}
    </div>
  );
}
