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
} from '@fluentui/react-components';
import { useDeferredValue } from 'react';
import type { SubscriptionOnWire } from '../../contract/subscriptions.ts';
import { problemOf } from '../api/client.ts';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { type Say, useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { useKept } from '../ui/useKept.ts';
import { ActLines } from './ActLines.tsx';
import { type ActProps, nameOf, type OpenAct } from './acts.ts';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', rowGap: '12px' } });

/** The number of licenses: within what it can be changed, and what the change costs before it is made. */
export function SeatsDialog({ close, open, ...given }: ActProps & { readonly open: OpenAct }) {
  const { say } = useText();
  const styles = useStyles();
  const { quantity: before, assigned, scheduledChange } = given.subscription;
  const form = useSeats({ ...given, close });
  const { limits, ready, save, error, preview } = form;
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface
        onKeyDown={(event) => {
          if (event.ctrlKey && event.key === 'Enter' && ready) save();
        }}
      >
        <DialogBody>
          <DialogTitle>{say('seats.title', { name: nameOf(given.subscription) })}</DialogTitle>
          <DialogContent className={styles.content}>
            <Field
              label={say('subs.colLicenses')}
              hint={say('subs.assignedOf', { used: assigned, total: before })}
              validationState={error || form.wrong ? 'error' : 'none'}
              validationMessage={form.wrong ? outOfRange(limits, say) : undefined}
            >
              <Input
                type="number"
                min={limits?.min ?? 1}
                {...(limits && { max: limits.max })}
                value={form.typed}
                onChange={(_event, { value }) => form.type(value)}
              />
            </Field>
            {limits && <Limits limits={limits} subscription={given.subscription} />}
            {error && <ProblemBar error={error} />}
            {error && <AtRenewal error={error} plan={() => open('plan', given.subscription)} />}
            {preview && <ActLines {...preview} sold={preview} />}
            {preview && scheduledChange && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>
                  {say('seats.scheduledLost', { offer: scheduledChange.offerName, n: scheduledChange.quantity })}
                </MessageBarBody>
              </MessageBar>
            )}
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

/** What is typed, what that would do, and the act. */
function useSeats({ customerId, subscription, close }: ActProps) {
  const { say } = useText();
  const echo = useEcho();
  const { subscriptionId, quantity: before, version } = subscription;
  const [typed, type] = useKept(`seats ${subscriptionId}`, String(before));
  const quantity = wholeNumber(typed);
  const asked = useDeferredValue(quantity);
  const changes = asked !== null && asked >= 1 && asked !== before;
  const params = { customerId, subscriptionId };
  // The same number again costs nothing, and tells the limits.
  const now = useAnswer('previewSeats', { params, body: { quantity: before } });
  const call = { params, body: { quantity: asked ?? before, version } };
  const asking = useAnswer('previewSeats', call, { enabled: changes, keep: true });
  const change = useAct('changeSeats');
  const error = change.error ?? (changes ? asking.error : null);
  const save = () =>
    change.mutate(call, {
      onSuccess: () => {
        echo(say('seats.changed', { n: call.body.quantity }));
        close();
      },
    });
  return {
    typed,
    type,
    wrong: quantity === null || quantity < 1,
    limits: now.data?.limits,
    preview: changes && !error ? asking.data : undefined,
    ready: changes && asking.isSuccess && !asking.isPlaceholderData && !change.isPending,
    error,
    save,
  };
}

/** What cannot go now can go when the term renews. */
function AtRenewal({ error, plan }: { error: Error; plan: () => void }) {
  const { say } = useText();
  const isLate = problemOf(error)?.refusals?.some(({ name }) => name === 'seats-not-removable');
  return isLate ? (
    <div>
      <Button onClick={plan}>{say('plan.change')}</Button>
    </div>
  ) : null;
}

type LimitsProps = { readonly limits: Value<'previewSeats'>['limits']; readonly subscription: SubscriptionOnWire };

/** The number that one subscription and the whole tenant may have, what can still go, and how often it may be changed. */
function Limits({ limits: { min, max, newCommerce }, subscription: { removableSeats } }: LimitsProps) {
  const { say } = useText();
  const format = useFormat();
  const facts = [{ key: say('seats.limits'), value: say('seats.limitsOf', { min, max }) }];
  if (newCommerce) {
    const { heldElsewhere: held, removable, updates: n, mostUpdates: most } = newCommerce;
    const batches = removableSeats.map((batch) =>
      say('seats.batch', { n: batch.quantity, date: format.dayAndTime(batch.until) }),
    );
    facts.push(
      { key: say('seats.tenant'), value: say('seats.tenantOf', { max, held }) },
      { key: say('seats.removable'), value: removable > 0 ? batches.join(' · ') : say('seats.removableNone') },
      { key: say('seats.updates'), value: say('seats.updatesOf', { n, most }) },
    );
  }
  return <FactsList stacks facts={facts} />;
}

/** What can be typed; before the limits are known, that it is a whole number. */
function outOfRange(limits: LimitsProps['limits'] | undefined, say: Say): string {
  return limits ? say('error.numberWithin', { min: limits.min, max: limits.max }) : say('error.number');
}

function wholeNumber(text: string): number | null {
  return /^\d{1,8}$/.test(text.trim()) ? Number(text) : null;
}
