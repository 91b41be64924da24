import { makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { Spoken } from './Spoken.tsx';

const SHOWN_AFTER_MS = 150;
const SLOW_AFTER_MS = 8000;
const WIDTHS = ['52%', '64%', '44%', '58%', '48%', '60%'];

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '3fr 1fr 1fr 1fr',
    alignItems: 'center',
    columnGap: '24px',
    height: '48px',
    padding: '0 16px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  slow: { padding: '12px 16px', color: tokens.colorNeutralForeground3 },
});

/** Rows to come, after a moment; and a word when it takes long. */
export function Loading({ label, slow, rows = 6 }: { label: string; slow: string; rows?: number }) {
  const styles = useStyles();
  const shown = useAfter(SHOWN_AFTER_MS);
  const late = useAfter(SLOW_AFTER_MS);
  return (
    <div>
      <div role="status">
        <Spoken>{label}</Spoken>
        {late && <div className={styles.slow}>{slow}</div>}
      </div>
      {shown && (
        <Skeleton aria-hidden>
          {Array.from({ length: rows }, (_, index) => (
            <div key={index} className={styles.row}>
              <SkeletonItem size={12} style={{ width: WIDTHS[index % WIDTHS.length] }} />
              <SkeletonItem size={12} />
              <SkeletonItem size={12} />
              <SkeletonItem size={12} />
            </div>
          ))}
        </Skeleton>
      )}
    </div>
  );
}

function useAfter(ms: number): boolean {
  const [after, setAfter] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAfter(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return after;
}
