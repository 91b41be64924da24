import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import type { UpgradeOnWire } from '../../contract/upgrades.ts';
import { useMay, useSession } from '../frame/useSession.ts';
import { type TextKey, useText } from '../text.ts';
import { DecideDialog, type Decision } from './DecideDialog.tsx';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  quiet: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

type Props = {
  readonly upgrade: UpgradeOnWire;
  /** In a list: only what a second person decides, with the name of what it is about for a screen reader. */
  readonly of?: string;
};

/** What the agent can do about an upgrade that waits; nobody decides about their own. */
export function DecideButtons({ upgrade, of }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const opener = useRestoreFocusTarget();
  const mayApprove = useMay('approveUpgrades');
  const mayUpgrade = useMay('upgrade');
  const agentId = useSession().data?.agent.agentId;
  const [act, setAct] = useState<Decision>();
  const own = upgrade.submittedById === agentId;
  const asksSecond = upgrade.state === 'waitingForApproval' && mayApprove && !own;
  const waits = upgrade.state === 'waitingForApproval' || upgrade.state === 'held';
  const withdraws = waits && mayUpgrade && !of;
  const isTold = !of && own && mayApprove && upgrade.state === 'waitingForApproval';
  const named = (text: TextKey) => (of ? `${say(text)}: ${of}` : undefined);
  const size = of ? 'small' : 'medium';
  if (!asksSecond && !withdraws && !isTold) return null;
  return (
    <span className={styles.buttons}>
      {asksSecond && (
        <>
          <Button
            {...opener}
            appearance="primary"
            size={size}
            aria-label={named('upgrades.approve')}
            onClick={() => setAct('approve')}
          >
            {say('upgrades.approve')}
          </Button>
          <Button {...opener} size={size} aria-label={named('upgrades.reject')} onClick={() => setAct('reject')}>
            {say('upgrades.reject')}
          </Button>
        </>
      )}
      {withdraws && (
        <Button {...opener} appearance={asksSecond ? 'subtle' : 'secondary'} onClick={() => setAct('withdraw')}>
          {say(upgrade.state === 'held' ? 'result.heldStop' : 'upgrades.withdraw')}
        </Button>
      )}
      {isTold && <span className={styles.quiet}>{say('upgrades.own')}</span>}
      {act && <DecideDialog act={act} upgrade={upgrade} of={of} close={() => setAct(undefined)} />}
    </span>
  );
}
