import { makeStyles, tokens } from '@fluentui/react-components';
import type { CustomerChargeOnWire } from '../../contract/customer-billing.ts';
import { useAnswer } from '../api/query.ts';
import { LEGACY_ROUNDING, NEW_COMMERCE_ROUNDING } from '../settings/rounding-texts.ts';
import { useText } from '../text.ts';

const useStyles = makeStyles({
  foot: {
    margin: 0,
    padding: '10px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
});

type Props = { readonly lines: readonly Pick<CustomerChargeOnWire, 'platform'>[] };

/** By which rule lines are rounded, of each platform that they are of. */
export function Rounding({ lines }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const settings = useAnswer('showBillingSettings', {}).data;
  if (!settings) return null;
  const rules = {
    legacy: [say('settings.roundingLegacy'), LEGACY_ROUNDING[settings.legacyRounding]],
    newCommerce: [say('settings.roundingNce'), NEW_COMMERCE_ROUNDING[settings.newCommerceRounding]],
  } as const;
  const platforms = new Set(lines.map(({ platform }) => platform));
  return [...platforms].toSorted().map((platform) => {
    const [topic, [name, hint]] = rules[platform];
    return (
      <p key={platform} className={styles.foot}>
        {topic}: {say(name)}. {say(hint)}
      </p>
    );
  });
}
