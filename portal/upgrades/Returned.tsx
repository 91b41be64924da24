import { makeStyles } from '@fluentui/react-components';
import type { UpgradeOnWire } from '../../contract/upgrades.ts';
import { ReasonBlock } from '../subscriptions/ReasonBlock.tsx';
import { useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { Differences } from './Differences.tsx';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
});

type Given = NonNullable<UpgradeOnWire['returned']>;

/** Why an upgrade was given back: what differs from what was shown, and what stands in the way. */
export function Returned({ returned, currency }: { returned: Given; currency: string }) {
  const styles = useStyles();
  const { say } = useText();
  const { differences, refusals } = returned;
  return (
    <div className={styles.list}>
      {differences.length > 0 && (
        <Panel>
          <Differences differences={differences} currency={currency} />
        </Panel>
      )}
      {refusals.length > 0 && <strong>{say('stale.whatBlocker')}</strong>}
      {refusals.map((reason, index) => (
        <ReasonBlock key={reason.name} number={index + 1} reason={reason} />
      ))}
    </div>
  );
}
