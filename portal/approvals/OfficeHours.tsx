import { Checkbox, Field, Input, makeStyles, Select } from '@fluentui/react-components';
import { useText } from '../text.ts';
import { CheckboxGroup } from '../ui/CheckboxGroup.tsx';
import { useFormat } from '../ui/format.ts';
import type { Rules } from './useRules.ts';

const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

const useStyles = makeStyles({
  hours: { display: 'flex', flexDirection: 'column', rowGap: '12px', paddingLeft: '32px' },
  days: { flexDirection: 'row', flexWrap: 'wrap', columnGap: '4px' },
  times: { display: 'flex', flexWrap: 'wrap', gap: '16px' },
  /** A field for a time of the browser's own would follow the browser's language, not the portal's. */
  time: { width: '110px' },
  zone: { maxWidth: '280px' },
});

type Props = {
  readonly rules: Rules;
  readonly change: (changed: Partial<Rules>) => void;
  readonly messageOf: (field: string) => string | undefined;
};

/** The rule about office hours: the hours of which days, by which clock. */
export function OfficeHours({ rules, change, messageOf }: Props) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { hours, timeZone, days, from, until } = rules;
  const toggle = (day: number, on: boolean) =>
    change({ days: on ? [...days, day].toSorted((one, other) => one - other) : days.filter((one) => one !== day) });
  return (
    <>
      <Checkbox
        label={say('settings.policyHours')}
        checked={hours}
        onChange={(_event, { checked }) => change({ hours: checked === true })}
      />
      {hours && (
        <div className={styles.hours}>
          <CheckboxGroup
            className={styles.days}
            label={say('settings.officeDays')}
            error={messageOf('officeHours.days')}
          >
            {WEEK.map((day) => (
              <Checkbox
                key={day}
                label={format.weekday(day)}
                checked={days.includes(day)}
                onChange={(_event, { checked }) => toggle(day, checked === true)}
              />
            ))}
          </CheckboxGroup>
          <div className={styles.times}>
            <Field label={say('settings.officeFrom')} validationMessage={messageOf('officeHours.from')}>
              <Input
                className={styles.time}
                inputMode="numeric"
                value={from}
                onChange={(_event, { value }) => change({ from: value })}
              />
            </Field>
            <Field label={say('settings.officeUntil')} validationMessage={messageOf('officeHours.until')}>
              <Input
                className={styles.time}
                inputMode="numeric"
                value={until}
                onChange={(_event, { value }) => change({ until: value })}
              />
            </Field>
          </div>
          <Field label={say('settings.timeZone')} validationMessage={messageOf('officeHours.timeZone')}>
            <Select
              className={styles.zone}
              value={timeZone}
              onChange={(_event, { value }) => change({ timeZone: value })}
            >
              {timeZones(timeZone).map((zone) => (
                <option key={zone} value={zone}>
                  {zone}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
    </>
  );
}

/** All that this browser knows, and the one that is set. */
function timeZones(set: string): string[] {
  return [...new Set([set, 'UTC', ...Intl.supportedValuesOf('timeZone')])].toSorted();
}
