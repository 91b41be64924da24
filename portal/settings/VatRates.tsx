import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { Section } from '../ui/Section.tsx';
import { useCountries } from '../ui/useCountries.ts';
import type { BillingForm, Rate } from './useBillingForm.ts';

const useStyles = makeStyles({
  lead: { margin: 0, color: tokens.colorNeutralForeground2 },
  rate: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 280px) minmax(0, 140px) 32px',
    columnGap: '12px',
    alignItems: 'start',
  },
  choice: { minWidth: 0, '& > select': { minWidth: 0 } },
  input: { minWidth: 0 },
  // Beside the fields, below their labels.
  remove: { marginTop: '26px' },
});

type Props = { readonly form: BillingForm; readonly disabled: boolean };

/** The tax of each market; one that is not named has none. */
export function VatRates({ form, disabled }: Props) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <Section title={say('settings.vat')}>
      <p className={styles.lead}>{say('settings.vatHint')}</p>
      {form.rates.map((rate, index) => (
        <RateFields key={rate.id} rate={rate} index={index} form={form} disabled={disabled} />
      ))}
      {form.rates.length === 0 && <p className={styles.lead}>{say('settings.vatNone')}</p>}
      {!disabled && (
        <div>
          <Button icon={<AddRegular />} onClick={form.addRate}>
            {say('settings.vatAdd')}
          </Button>
        </div>
      )}
    </Section>
  );
}

function RateFields({ rate, index, form, disabled }: Props & { readonly rate: Rate; readonly index: number }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const countries = useCountries();
  const { id, market, percent } = rate;
  const wrong = form.wrong(rate, index);
  const name = market ? format.country(market) : say('settings.vatMarketOf', { n: index + 1 });
  return (
    <div className={styles.rate} role="group" aria-label={name}>
      <Field label={say('settings.vatMarketOf', { n: index + 1 })} validationMessage={wrong.market}>
        <Select
          root={{ className: styles.choice }}
          disabled={disabled}
          value={market}
          onChange={(_event, { value }) => form.changeRate(id, { market: value })}
        >
          <option value="">{say('settings.vatChoose')}</option>
          {countries.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={say('settings.vatRate')} validationMessage={wrong.percent}>
        <Input
          className={styles.input}
          input={{ className: styles.input }}
          inputMode="decimal"
          disabled={disabled}
          value={percent}
          onChange={(_event, { value }) => form.changeRate(id, { percent: value })}
        />
      </Field>
      {!disabled && (
        <Button
          className={styles.remove}
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={say('settings.vatRemove', { market: name })}
          onClick={() => form.removeRate(id)}
        />
      )}
    </div>
  );
}
