import {
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Select,
  Toast,
  ToastTitle,
  tokens,
  useToastController,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { RecordedSubscriptionOnWire } from '../../contract/recorded-subscriptions.ts';
import { problemOf } from '../api/client.ts';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { TOASTER } from '../frame/toaster.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { useKept } from '../ui/useKept.ts';

const useStyles = makeStyles({
  // The longest offer must not make the dialog wider than the screen.
  choice: { minWidth: 0, width: '100%', '& > select': { minWidth: 0 } },
  lead: { margin: 0, color: tokens.colorNeutralForeground2 },
  seen: { margin: 0, paddingLeft: '20px', fontSize: tokens.fontSizeBase200 },
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))',
    gap: '12px',
    alignItems: 'start',
  },
});

type Elsewhere = Value<'listSubscriptions'>['elsewhere'];
type Props = {
  readonly customerId: string;
  /** What is seen without being recorded. */
  readonly seen: Elsewhere;
  /** The record to correct; absent: a new one. */
  readonly record?: RecordedSubscriptionOnWire | undefined;
  readonly close: () => void;
};

type Channel = Elsewhere[number]['channel'];
const CHANNEL_TEXT: Readonly<Record<Channel, TextKey>> = {
  direct: 'channel.direct',
  open: 'channel.open',
  ea: 'channel.ea',
  retail: 'channel.retail',
  csp: 'record.channelCsp',
};
type Status = Exclude<RecordedSubscriptionOnWire['status'], 'deleted'>;
const STATUS_TEXT: Readonly<Record<Status, TextKey>> = {
  active: 'status.active',
  pending: 'status.pending',
  suspended: 'status.suspended',
  expired: 'status.expired',
  disabled: 'status.disabled',
};

/** What was bought elsewhere, written down; what is seen already is said first, so that nobody records it twice. */
export function RecordDialog({ customerId, seen, record, close }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const form = useRecordForm(customerId, record, close);
  const { said, change, problem } = form;
  const isThere = problem?.code === 'already-recorded' || problem?.code === 'already-counts';
  const wrong = (field: string) => problem?.fields?.find((one) => one.field === field)?.message;
  return (
    <FormDialog
      title={say(record ? 'record.changeTitle' : 'record.open')}
      submit={say(record ? 'common.save' : 'record.save')}
      act={form}
      perform={form.submit}
      close={close}
      {...(isThere && { problem: null })}
    >
      <p className={styles.lead}>{say('record.lead')}</p>
      {!record && <Seen seen={seen} />}
      <Field label={say('record.offer')} required validationMessage={form.missing.offer ?? wrong('offerId')}>
        <OfferChoice value={said.offerId} choose={(offerId) => change({ offerId })} />
      </Field>
      <div className={styles.pair}>
        <Field label={say('record.channel')} validationMessage={wrong('channel')}>
          <Choice texts={CHANNEL_TEXT} value={said.channel} choose={(channel) => change({ channel })} />
        </Field>
        <Field label={say('record.status')} validationMessage={wrong('status')}>
          <Choice texts={STATUS_TEXT} value={said.status} choose={(status) => change({ status })} />
        </Field>
        <Field label={say('record.seats')} required validationMessage={form.missing.seats ?? wrong('quantity')}>
          <Input type="number" min={1} value={said.seats} onChange={(_event, { value }) => change({ seats: value })} />
        </Field>
        <Field label={say('evidence.until')} hint={say('record.endsHint')} validationMessage={wrong('endsOn')}>
          <Input type="date" value={said.endsOn} onChange={(_event, { value }) => change({ endsOn: value })} />
        </Field>
      </div>
      {isThere && (
        <MessageBar intent="warning" layout="multiline" politeness="assertive">
          <MessageBarBody>
            {`${problem.detail} ${problem.remedy}`}
            <Checkbox
              label={say('record.another')}
              checked={said.another}
              onChange={(_event, { checked }) => change({ another: checked === true })}
            />
          </MessageBarBody>
        </MessageBar>
      )}
    </FormDialog>
  );
}

type Said = {
  readonly offerId: string;
  readonly channel: Channel;
  readonly status: Status;
  readonly seats: string;
  readonly endsOn: string;
  readonly another: boolean;
};

/** What is typed, what is missing, and the act. */
function useRecordForm(customerId: string, record: RecordedSubscriptionOnWire | undefined, close: () => void) {
  const { say } = useText();
  const { dispatchToast } = useToastController(TOASTER);
  const add = useAct('recordSubscription');
  const correct = useAct('changeRecordedSubscription');
  const [tried, setTried] = useState(false);
  const [said, setSaid] = useKept<Said>(`record ${record?.recordedSubscriptionId}`, () => ({
    offerId: record?.offerId ?? '',
    channel: record?.channel ?? 'direct',
    status: record && record.status !== 'deleted' ? record.status : 'active',
    seats: String(record?.quantity ?? ''),
    endsOn: record?.endsOn ?? '',
    another: false,
  }));
  const quantity = /^\d{1,8}$/.test(said.seats.trim()) ? Number(said.seats) : 0;
  const done = () => {
    dispatchToast(
      <Toast>
        <ToastTitle>{say('record.saved')}</ToastTitle>
      </Toast>,
      { intent: 'success' },
    );
    close();
  };
  const submit = () => {
    setTried(true);
    if (said.offerId === '' || quantity < 1 || add.isPending || correct.isPending) return;
    const { offerId, channel, status, another } = said;
    const body = { offerId, channel, status, another, quantity, endsOn: said.endsOn || null };
    if (!record) return add.mutate({ params: { customerId }, body }, { onSuccess: done });
    const { recordedSubscriptionId, version } = record;
    const params = { customerId, recordedSubscriptionId };
    return correct.mutate({ params, body: { ...body, version } }, { onSuccess: done });
  };
  const { error, isPending } = record ? correct : add;
  return {
    said,
    change: (changes: Partial<Said>) => setSaid((before) => ({ ...before, ...changes })),
    missing: {
      offer: tried && said.offerId === '' ? say('error.required', { field: say('record.offer') }) : undefined,
      seats: tried && quantity < 1 ? say('error.number') : undefined,
    },
    submit,
    error,
    isPending,
    problem: problemOf(error),
  };
}

function Seen({ seen }: { seen: Elsewhere }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  if (seen.length === 0) return <p className={styles.lead}>{say('record.seenNone')}</p>;
  return (
    <div>
      {say('record.seenLead')}
      <ul className={styles.seen}>
        {seen.map(({ offerName, channelName, termEndsOn }, index) => (
          <li key={index}>
            {[offerName, channelName, termEndsOn && say('term.until', { date: format.day(termEndsOn) })]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </div>
  );
}

function OfferChoice({ value, choose }: { value: string; choose: (offerId: string) => void }) {
  const { say, language } = useText();
  const styles = useStyles();
  const offers = useAnswer('listOffers', {});
  const collator = new Intl.Collator(language);
  const sorted = (offers.data?.items ?? []).toSorted((one, other) => collator.compare(one.name, other.name));
  return (
    <Select root={{ className: styles.choice }} value={value} onChange={(_event, data) => choose(data.value)}>
      <option value="">{say('record.chooseOffer')}</option>
      {sorted.map(({ offerId, name }) => (
        <option key={offerId} value={offerId}>
          {name}
        </option>
      ))}
    </Select>
  );
}

function Choice<Of extends string>({
  texts,
  value,
  choose,
}: {
  texts: Readonly<Record<Of, TextKey>>;
  value: Of;
  choose: (one: Of) => void;
}) {
  const { say } = useText();
  const all = Object.keys(texts) as Of[];
  return (
    <Select value={value} onChange={(_event, data) => choose(all.find((one) => one === data.value) ?? value)}>
      {all.map((one) => (
        <option key={one} value={one}>
          {say(texts[one])}
        </option>
      ))}
    </Select>
  );
}
