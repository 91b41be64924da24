import { Button, Field, Input, makeStyles, Tooltip } from '@fluentui/react-components';
import { Edit16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { CustomerOnWire } from '../../contract/customers.ts';
import { problemOf } from '../api/client.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useMay } from '../frame/useSession.ts';
import { useWhyNot } from '../frame/useWhyNot.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { readPercent, typePercent } from '../ui/percent.ts';
import { useKept } from '../ui/useKept.ts';

const LEAST = -10_000;
const MOST = 100_000;

const useStyles = makeStyles({ typed: { maxWidth: '140px' } });

type Props = { readonly customer: Pick<CustomerOnWire, 'customerId' | 'name'> };

/** What the partner puts on its cost for a customer; who may not change it reads why. */
export function MarginFact({ customer }: Props) {
  const { say } = useText();
  const format = useFormat();
  const params = { customerId: customer.customerId };
  const margin = useAnswer('showMargin', { params }, { enabled: useMay('viewBills') }).data;
  const whyNot = useWhyNot('manageCustomers');
  const [open, setOpen] = useKept('margin open', false);
  if (!margin) return null;
  const button = (
    <Button
      appearance="subtle"
      size="small"
      icon={<Edit16Regular />}
      aria-label={say('margin.change')}
      disabledFocusable={whyNot !== undefined}
      onClick={() => setOpen(true)}
    />
  );
  return (
    <span>
      {say('margin.label')}: {format.percent(margin.basisPoints)}
      {whyNot ? (
        <Tooltip content={whyNot} relationship="description">
          {button}
        </Tooltip>
      ) : (
        button
      )}
      {open && <MarginDialog customer={customer} before={margin.basisPoints} close={() => setOpen(false)} />}
    </span>
  );
}

function MarginDialog({
  customer: { customerId, name },
  before,
  close,
}: Props & { before: number; close: () => void }) {
  const { say, language } = useText();
  const format = useFormat();
  const echo = useEcho();
  const styles = useStyles();
  const change = useAct('changeMargin');
  const [typed, type] = useKept('margin', typePercent(before, language));
  const [tried, setTried] = useState(false);
  const basisPoints = readPercent(typed);
  const isWrong = basisPoints === null || basisPoints < LEAST || basisPoints > MOST;
  const range = { least: format.percent(LEAST), most: format.percent(MOST) };
  const perform = () => {
    setTried(true);
    if (isWrong) return;
    const onSuccess = () => {
      echo(say('margin.saved', { margin: format.percent(basisPoints) }));
      close();
    };
    change.mutate({ params: { customerId }, body: { basisPoints } }, { onSuccess });
  };
  const refused = problemOf(change.error)?.fields?.[0]?.message;
  return (
    <FormDialog
      title={say('margin.title', { name })}
      submit={say('common.save')}
      act={change}
      perform={perform}
      close={close}
    >
      <Field
        label={say('margin.percent')}
        hint={say('margin.hint', range)}
        validationMessage={tried && isWrong ? say('percent.wrong', range) : refused}
      >
        <Input
          className={styles.typed}
          inputMode="decimal"
          value={typed}
          onChange={(_event, { value }) => type(value)}
        />
      </Field>
    </FormDialog>
  );
}
