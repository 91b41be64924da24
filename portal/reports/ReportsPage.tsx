import { makeStyles, Select } from '@fluentui/react-components';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { SCREEN } from '../ui/screen.ts';
import { useAddress } from '../ui/useAddress.ts';
import { KeyFigures } from './KeyFigures.tsx';
import { OpportunitiesFigure } from './OpportunitiesFigure.tsx';
import { OverlapsFigure } from './OverlapsFigure.tsx';
import { FIGURE_TEXTS, PERIOD_TEXT, periodOf, PERIODS } from './period.ts';
import { IssuesFigure, RefusalsFigure, UpliftFigure } from './RowFigures.tsx';
import { UpgradesFigure } from './UpgradesFigure.tsx';
import type { ReportAddress } from './Figure.tsx';

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: '16px',
    [SCREEN.belowPreview]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  period: { minWidth: '160px' },
});

/** What upgrades have brought, what they could bring, and where they got stuck. */
export function ReportsPage() {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const address: ReportAddress = useAddress<'period' | 'view'>();
  const period = periodOf(address.get('period'));
  const figures = useAnswer('showFigures', { query: { period } }, { keep: true });
  return (
    <>
      <PageHead
        title={say('reports.title')}
        facts={figures.data && <span>{format.dayRange(figures.data.from, figures.data.until)}</span>}
        action={
          <Select
            className={styles.period}
            aria-label={say('reports.period')}
            value={period}
            onChange={(_event, { value }) => address.set({ period: value === 'last12' ? undefined : value })}
          >
            {PERIODS.map((one) => (
              <option key={one} value={one}>
                {say(PERIOD_TEXT[one])}
              </option>
            ))}
          </Select>
        }
      />
      <Answered query={figures} texts={FIGURE_TEXTS}>
        {(shown) => (
          <>
            <KeyFigures figures={shown} />
            <div className={styles.grid}>
              <UpgradesFigure address={address} period={period} />
              <OpportunitiesFigure address={address} />
              <UpliftFigure address={address} period={period} />
              <RefusalsFigure address={address} period={period} />
              <IssuesFigure address={address} />
              <OverlapsFigure address={address} />
            </div>
          </>
        )}
      </Answered>
    </>
  );
}
