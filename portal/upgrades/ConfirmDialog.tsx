import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  MessageBar,
  MessageBarBody,
  ProgressBar,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { QuoteOnWire } from '../../contract/upgrades.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { QuotedWay } from './QuotedWay.tsx';
import { shortNumber } from './short-number.ts';
import { WaitingNote } from './WaitingNote.tsx';
import type { Submitting } from './useSubmit.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '10px' },
  line: { fontWeight: tokens.fontWeightSemibold },
  quiet: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  progress: { display: 'flex', flexDirection: 'column', rowGap: '6px' },
});

type Props = {
  readonly quote: QuoteOnWire;
  readonly state: Submitting;
  readonly submit: () => void;
  readonly close: () => void;
};

/** The last look before what cannot be undone: the figures of the preview, and a statement to tick. */
export function ConfirmDialog({ quote, state, submit, close }: Props) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const [understood, understand] = useState(false);
  const sending = state.step === 'sending';
  const ready = understood && !sending;
  const asksSecond = quote.waiting.reasons.length > 0;
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && !sending && close()}>
      <DialogSurface
        onKeyDown={(event) => {
          if (event.ctrlKey && event.key === 'Enter' && ready) submit();
        }}
      >
        <DialogBody>
          <DialogTitle>{say(asksSecond ? 'confirm.sendTitle' : 'confirm.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <div className={styles.line}>
              {say('confirm.line', { from: quote.source.offerName, to: quote.target.offerName })}
            </div>
            <div>
              {say('confirm.summary', {
                licenses: say('common.licenses', { n: quote.quantity }),
                net: format.money(quote.totals.net),
                work: quote.transfer.staying,
              })}
            </div>
            <QuotedWay quote={quote} />
            <WaitingNote waiting={quote.waiting} />
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{say('common.irreversible')}</MessageBarBody>
            </MessageBar>
            <Checkbox
              label={say('confirm.check')}
              checked={understood}
              disabled={sending}
              onChange={(_event, { checked }) => understand(checked === true)}
            />
            <span className={styles.quiet}>
              {say('wizard.previewNo', { id: shortNumber(quote.quoteId) })} ·{' '}
              {say('wizard.previewValid', { time: format.time(quote.expiresAt) })}
            </span>
            {sending && <Progress since={state.since} />}
          </DialogContent>
          <DialogActions>
            <Button disabled={sending} onClick={close}>
              {say('confirm.back')}
            </Button>
            <Button appearance="primary" disabledFocusable={!ready} onClick={submit}>
              {say(asksSecond ? 'wizard.sendForApproval' : 'confirm.submit')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Progress({ since }: { since: number }) {
  const { say } = useText();
  const styles = useStyles();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - since) / 1000)), 500);
    return () => clearInterval(timer);
  }, [since]);
  return (
    <div className={styles.progress} role="status">
      {say('result.runningTitle')}
      {seconds > 0 && (
        <span className={styles.quiet}>
          {say('format.minutesSeconds', { m: Math.floor(seconds / 60), s: seconds % 60 })}
        </span>
      )}
      <ProgressBar aria-hidden />
    </div>
  );
}
