import { makeStyles, mergeClasses, SearchBox, shorthands, ToggleButton, tokens } from '@fluentui/react-components';
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { SCREEN } from './screen.ts';

const TYPING_MS = 200;

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px',
    [SCREEN.belowTable]: { flexWrap: 'nowrap', overflowX: 'auto', padding: '2px', margin: '-2px' },
  },
  search: { width: '280px', flexShrink: 0, [SCREEN.belowTable]: { width: '210px' } },
  // Wraps as a whole.
  end: { display: 'flex', alignItems: 'center', columnGap: '8px', marginLeft: 'auto', flexShrink: 0 },
  chip: { flexShrink: 0, minWidth: 0, fontWeight: 'inherit', minHeight: '32px' },
  on: {
    backgroundColor: tokens.colorBrandBackground2,
    ...shorthands.borderColor(tokens.colorBrandStroke1),
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
  },
});

/** Search, filters, and at the end what else there is to do with a list: always in this order. */
export function Toolbar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.bar}>
      {children}
      {end && <div className={styles.end}>{end}</div>}
    </div>
  );
}

type SearchProps = {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
};

/** Asks for what is typed once the typing rests or the field is left, so that whatever is chosen next finds it asked for. */
export function ListSearch({ label, value, change, field }: SearchProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => change(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value, change]);
  return (
    <SearchBox
      ref={(element: HTMLInputElement | null) => {
        field.current = element;
      }}
      className={styles.search}
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(_event, data) => setTyped(data.value)}
      onBlur={() => typed !== value && change(typed)}
    />
  );
}

/** A filter that is on or off. */
export function FilterChip({ text, on, change }: { text: string; on: boolean; change: (on: boolean) => void }) {
  const styles = useStyles();
  return (
    <ToggleButton
      className={mergeClasses(styles.chip, on && styles.on)}
      shape="circular"
      checked={on}
      onClick={() => change(!on)}
    >
      {text}
    </ToggleButton>
  );
}
