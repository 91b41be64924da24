import { Field, Input, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useState } from 'react';
import type { CampaignOnWire } from '../../contract/campaigns.ts';
import { askAgain, useAct } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { usePathName } from './usePathName.ts';

/** The last look before many upgrades are sent: whoever sends them types how many they are. */
export function SubmitDialog({ campaign, close }: { campaign: CampaignOnWire; close: () => void }) {
  const { say } = useText();
  const format = useFormat();
  const pathName = usePathName();
  const submit = useAct('submitCampaign');
  const [typed, type] = useState('');
  const [tried, setTried] = useState(false);
  const { campaignId, version, rows, totals, startsAt } = campaign;
  const n = rows.eligible;
  // As a number is written, with or without its separators.
  const isRight = typed.trim() === String(n) || typed.trim() === format.number(n);
  const perform = () => {
    setTried(true);
    if (!isRight) return;
    submit.mutate({ params: { campaignId }, body: { upgrades: n, version } }, { onSuccess: close, onError: askAgain });
  };
  return (
    <FormDialog
      title={say('bulk.confirmTitle', { n })}
      submit={say('wizard.submit')}
      act={submit}
      perform={perform}
      close={close}
    >
      <strong>{pathName(campaign)}</strong>
      <span>
        {say('confirm.summary', {
          licenses: say('common.licenses', { n: totals.licenses }),
          net: totals.money.map(({ net }) => format.money(net)).join(' + '),
          work: totals.work,
        })}
      </span>
      <span>{startsAt ? say('bulk.startsAt', { time: format.dayAndTime(startsAt) }) : say('bulk.startsNow')}</span>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{say('confirm.warn')}</MessageBarBody>
      </MessageBar>
      <Field
        label={say('bulk.confirmType', { n })}
        required
        validationMessage={tried && !isRight ? say('bulk.confirmWrong', { n }) : undefined}
      >
        <Input inputMode="numeric" autoComplete="off" value={typed} onChange={(_event, { value }) => type(value)} />
      </Field>
    </FormDialog>
  );
}
