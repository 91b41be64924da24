import { makeStyles, Select } from '@fluentui/react-components';

const useStyles = makeStyles({
  // As wide as its longest choice, unless that is the name of an offer.
  select: { minWidth: '140px', maxWidth: '240px', flexShrink: 0 },
});

export type Choice = { readonly value: string; readonly text: string };

type Props = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Choice[];
  readonly change: (value: string) => void;
};

/** One of several, in a toolbar. */
export function Choices({ label, value, options, change }: Props) {
  const styles = useStyles();
  return (
    <Select className={styles.select} aria-label={label} value={value} onChange={(_event, data) => change(data.value)}>
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.text}
        </option>
      ))}
    </Select>
  );
}
