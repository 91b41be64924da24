import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import type { UpgradeOnWire } from '../../contract/upgrades.ts';
import { askAgain, useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { useKept } from '../ui/useKept.ts';
import { shortNumber } from './short-number.ts';

export type Decision = 'approve' | 'reject' | 'withdraw';

const LONGEST_REASON = 1000;

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '10px' },
  line: { fontWeight: tokens.fontWeightSemibold },
  quiet: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

const TEXTS: Readonly<Record<Decision, Readonly<Record<'title' | 'submit', TextKey>>>> = {
  approve: { title: 'upgrades.approveTitle', submit: 'upgrades.approve' },
  reject: { title: 'upgrades.rejectTitle', submit: 'upgrades.reject' },
  withdraw: { title: 'upgrades.withdrawTitle', submit: 'result.heldStop' },
};

type Props = {
  readonly act: Decision;
  readonly upgrade: UpgradeOnWire;
  /** Whose upgrade it is, where the page does not say so. */
  readonly of: string | undefined;
  readonly close: () => void;
};

/** The last look of who decides about an upgrade that waits: the figures of its preview. */
export function DecideDialog({ act, upgrade, of, close }: Props) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const [reason, setReason] = useKept(`reason ${upgrade.upgradeId}`, '');
  const { decide, isPending, error } = useDecision(act, upgrade, close);
  const { source, target, quantity, totals, quoteId, waiting } = upgrade;
  const ready = !isPending && (act !== 'reject' || reason.trim() !== '');
  const { delayMinutes: n } = waiting;
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && !isPending && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say(TEXTS[act].title)}</DialogTitle>
          <DialogContent className={styles.content}>
            {of && <div>{of}</div>}
            <div className={styles.line}>{say('confirm.line', { from: source.offerName, to: target.offerName })}</div>
            <div>
              {say('common.licenses', { n: quantity })} ·{' '}
              {say('result.factShown', { amount: format.money(totals.net) })}
            </div>
            {quoteId !== null && (
              <span className={styles.quiet}>{say('wizard.previewNo', { id: shortNumber(quoteId) })}</span>
            )}
            {act === 'approve' && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>
                  {n > 0 ? say('upgrades.approveHeld', { n }) : say('upgrades.approveNow')} {say('common.irreversible')}
                </MessageBarBody>
              </MessageBar>
            )}
            {act === 'withdraw' && <span>{say('upgrades.withdrawBody')}</span>}
            {act === 'reject' && (
              <Field label={say('upgrades.rejectReason')} required>
                <Textarea
                  value={reason}
                  maxLength={LONGEST_REASON}
                  rows={3}
                  onChange={(_event, { value }) => setReason(value)}
                />
              </Field>
            )}
            {error && <ProblemBar error={error} />}
          </DialogContent>
          <DialogActions>
            <Button disabled={isPending} onClick={close}>
              {say('confirm.back')}
            </Button>
            <Button appearance="primary" disabledFocusable={!ready} onClick={() => ready && decide(reason)}>
              {say(TEXTS[act].submit)}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function useDecision(act: Decision, { customerId, upgradeId }: UpgradeOnWire, close: () => void) {
  const approve = useAct('approveUpgrade');
  const reject = useAct('rejectUpgrade');
  const withdraw = useAct('withdrawUpgrade');
  const params = { customerId, upgradeId };
  // Perhaps a colleague was faster: what is true now is shown behind the dialog at once.
  const then = { onSuccess: close, onError: askAgain };
  const decide = (reason: string) => {
    if (act === 'approve') approve.mutate({ params }, then);
    else if (act === 'reject') reject.mutate({ params, body: { reason } }, then);
    else withdraw.mutate({ params }, then);
  };
  const { isPending, error } = { approve, reject, withdraw }[act];
  return { decide, isPending, error };
}
