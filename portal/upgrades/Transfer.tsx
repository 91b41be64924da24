import { makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useText } from '../text.ts';
import type { UpgradeFormState } from './useUpgradeForm.ts';

const useStyles = makeStyles({
  label: { fontWeight: tokens.fontWeightSemibold, marginBottom: '4px' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

const TYPES = [
  { type: 'upgrade_with_license_transfer', text: 'wizard.transferWith' },
  { type: 'upgrade_only', text: 'wizard.transferWithout' },
] as const;

/** Whether the users’ licenses move along; a choice that is closed says why. */
export function Transfer({ form }: { form: UpgradeFormState }) {
  const styles = useStyles();
  const { say } = useText();
  const without = form.isTransition ? 'wizard.transferWithoutHint' : 'wizard.transferWithoutHintLegacy';
  const hints = { upgrade_with_license_transfer: 'wizard.transferWithHint', upgrade_only: without } as const;
  return (
    <div>
      <div className={styles.label} id="transfer">
        {say('wizard.transfer')}
      </div>
      <RadioGroup
        aria-labelledby="transfer"
        value={form.upgradeType}
        onChange={(_event, { value }) =>
          form.transfer(value === 'upgrade_only' ? 'upgrade_only' : 'upgrade_with_license_transfer')
        }
      >
        {TYPES.map(({ type, text }) => {
          const reasons = form.chosen?.types.find((one) => one.upgradeType === type)?.refusals ?? [];
          // Into an existing subscription, or in part, what is said of all seats in place need not hold.
          const closed = !form.isTransition && reasons.length > 0;
          const said = closed ? reasons.map((one) => `${one.title}.`).join(' ') : say(hints[type]);
          const label = (
            <>
              {say(text)}
              <span className={styles.quiet}>{said}</span>
            </>
          );
          return <Radio key={type} value={type} label={label} disabled={closed} />;
        })}
      </RadioGroup>
    </div>
  );
}
