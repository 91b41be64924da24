import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Checkmark12Regular } from '@fluentui/react-icons';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';

const useStyles = makeStyles({
  steps: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '6px 28px',
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    color: tokens.colorNeutralForeground2,
  },
  step: { display: 'flex', alignItems: 'center', columnGap: '8px' },
  current: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1 },
  mark: {
    display: 'grid',
    placeItems: 'center',
    width: '22px',
    height: '22px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  markCurrent: {
    border: `1px solid ${tokens.colorBrandBackground}`,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
  },
  markPast: {
    border: `1px solid ${tokens.colorStatusSuccessBorder2}`,
    color: tokens.colorStatusSuccessForeground1,
  },
});

const STEPS: readonly TextKey[] = ['bulk.step1', 'bulk.step2', 'bulk.step3', 'bulk.step4'];

/** How far a campaign is on its way from the choice to the report; `current` counts from 1. */
export function Steps({ current }: { current: 1 | 2 | 3 | 4 }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return (
    <ol className={styles.steps} aria-label={say('nav.bulk')}>
      {STEPS.map((text, index) => {
        const number = index + 1;
        const isCurrent = number === current;
        return (
          <li
            key={text}
            className={mergeClasses(styles.step, isCurrent && styles.current)}
            aria-current={isCurrent ? 'step' : undefined}
          >
            <span
              aria-hidden
              className={mergeClasses(
                styles.mark,
                isCurrent && styles.markCurrent,
                number < current && styles.markPast,
              )}
            >
              {number < current ? <Checkmark12Regular /> : format.number(number)}
            </span>
            {say(text)}
          </li>
        );
      })}
    </ol>
  );
}
