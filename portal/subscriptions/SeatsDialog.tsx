import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Toast,
  ToastTitle,
  useToastController,
} from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { problemOf } from '../api/client.ts';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { TOASTER } from '../frame/toaster.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { MoneyLine } from '../ui/MoneyLine.tsx';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', rowGap: '12px' } });

type Props = { readonly customerId: string; readonly subscription: SubscriptionOnWire; readonly close: () => void };

/** The number of licenses, with what the change costs before it is made. */
export function SeatsDialog({ customerId, subscription, close }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const { subscriptionId, quantity: before, assigned, version } = subscription;
  const [typed, type] = useState(String(before));
  const quantity = wholeNumber(typed);
  const asked = useDeferredValue(quantity);
  const changes = asked !== null && asked >= 1 && asked !== before;
  const call = { params: { customerId, subscriptionId }, body: { quantity: asked ?? before, version } };
  const preview = useAnswer('previewSeats', call, { enabled: changes, keep: true });
  const change = useAct('changeSeats');
  const { dispatchToast } = useToastController(TOASTER);
  const problem = problemOf(change.error ?? (changes ? preview.error : null));
  const save = () =>
    change.mutate(call, {
      onSuccess: () => {
        dispatchToast(
          <Toast>
            <ToastTitle>{say('seats.changed', { n: call.body.quantity })}</ToastTitle>
          </Toast>,
          { intent: 'success' },
        );
        close();
      },
    });
  const ready = changes && preview.isSuccess && !preview.isPlaceholderData && !change.isPending;
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface
        onKeyDown={(event) => {
          if (event.ctrlKey && event.key === 'Enter' && ready) save();
        }}
      >
        <DialogBody>
          <DialogTitle>{say('seats.title', { name: subscription.offerName })}</DialogTitle>
          <DialogContent className={styles.content}>
            <Field
              label={say('subs.colLicenses')}
              hint={say('subs.assignedOf', { used: assigned, total: before })}
              validationMessage={quantity === null || quantity < 1 ? say('error.number') : undefined}
            >
              <Input type="number" min={1} value={typed} onChange={(_event, data) => type(data.value)} />
            </Field>
            {problem && (
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>
                  {problem.refusals?.map((one) => <div key={one.name}>{`${one.message} ${one.remedy}`}</div>) ??
                    `${problem.detail} ${problem.remedy}`}
                </MessageBarBody>
              </MessageBar>
            )}
            {changes && preview.data && !problem && <Lines preview={preview.data} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{say('common.cancel')}</Button>
            <Button appearance="primary" disabledFocusable={!ready} onClick={save}>
              {say('common.save')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Lines({ preview: { lines, dueLines, net } }: { preview: Value<'previewSeats'> }) {
  const { say } = useText();
  const format = useFormat();
  const due = dueLines.map(
    (line) => `${format.money(line.amount)} (${format.dayRange(line.periodStart, line.periodEnd)})`,
  );
  return (
    <div>
      {lines.map((line, index) => (
        <MoneyLine
          key={index}
          label={say(line.amount.amount.startsWith('-') ? 'billing.creditLine' : 'billing.chargeLine')}
          amount={format.money(line.amount)}
          hint={`${format.dayRange(line.periodStart, line.periodEnd)} · ${format.number(line.quantity)} × ${format.money({ amount: line.unitPrice, currency: net.currency })}`}
        />
      ))}
      <MoneyLine label={say('wizard.net')} amount={format.money(net)} size="large" hint={say('wizard.exVat')} />
      {due.length > 0 && <p>{say('wizard.dueLines', { amounts: due.join(', ') })}</p>}
    </div>
  );
}

function wholeNumber(text: string): number | null {
  return /^\d{1,8}$/.test(text.trim()) ? Number(text) : null;
}
