import { Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { CampaignOnWire } from '../../contract/campaigns.ts';
import { askAgain, useAct } from '../api/query.ts';
import { AskDialog } from '../frame/AskDialog.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';

const LONGEST_REASON = 1000;

type Props = { readonly campaign: CampaignOnWire; readonly close: () => void };

/** A second agent's yes to all of it, with the figures of the plan. */
export function ApproveDialog({ campaign, close }: Props) {
  const { say } = useText();
  const format = useFormat();
  const approve = useAct('approveCampaign');
  const { campaignId, name, totals, startsAt } = campaign;
  return (
    <AskDialog
      title={say('bulk.approveTitle', { n: totals.upgrades })}
      subject={name}
      body={say('confirm.summary', {
        licenses: say('common.licenses', { n: totals.licenses }),
        net: totals.money.map(({ net }) => format.money(net)).join(' + '),
        work: totals.work,
      })}
      irreversible
      submit={say('upgrades.approve')}
      act={approve}
      // Perhaps a colleague was faster: what is true now is shown behind the dialog at once.
      perform={() => approve.mutate({ params: { campaignId } }, { onSuccess: close, onError: askAgain })}
      close={close}
    >
      {startsAt ? say('bulk.startsAt', { time: format.dayAndTime(startsAt) }) : say('bulk.startsNow')}
    </AskDialog>
  );
}

/** A second agent's no, with the reason. */
export function RejectDialog({ campaign: { campaignId, name }, close }: Props) {
  const { say } = useText();
  const reject = useAct('rejectCampaign');
  const [reason, setReason] = useState('');
  const ready = reason.trim() !== '';
  const perform = () => {
    if (ready) reject.mutate({ params: { campaignId }, body: { reason } }, { onSuccess: close, onError: askAgain });
  };
  return (
    <AskDialog
      title={say('bulk.rejectTitle')}
      subject={name}
      body={say('bulk.rejectBody')}
      ready={ready}
      submit={say('upgrades.reject')}
      act={reject}
      perform={perform}
      close={close}
    >
      <Field label={say('upgrades.rejectReason')} required>
        <Textarea
          value={reason}
          maxLength={LONGEST_REASON}
          rows={3}
          onChange={(_event, { value }) => setReason(value)}
        />
      </Field>
    </AskDialog>
  );
}

/** Before the rest is not sent any more. */
export function StopDialog({ campaign: { campaignId, name, state }, close }: Props) {
  const { say } = useText();
  const stop = useAct('stopCampaign');
  const begun = state !== 'waitingForApproval' && state !== 'scheduled';
  return (
    <AskDialog
      title={say('bulk.stopTitle')}
      subject={name}
      body={say(begun ? 'bulk.stopBody' : 'bulk.stopBodyBefore')}
      submit={say('bulk.stop')}
      act={stop}
      perform={() => stop.mutate({ params: { campaignId } }, { onSuccess: close, onError: askAgain })}
      close={close}
    />
  );
}

/** Before a plan is thrown away. */
export function DeleteDialog({ campaign: { campaignId, name }, close }: Props) {
  const { say } = useText();
  const navigate = useNavigate();
  const remove = useAct('deleteCampaign');
  const gone = () => void navigate(paths.campaigns, { replace: true });
  return (
    <AskDialog
      title={say('bulk.deleteTitle')}
      subject={name}
      body={say('bulk.deleteBody')}
      irreversible
      submit={say('bulk.delete')}
      act={remove}
      perform={() => remove.mutate({ params: { campaignId } }, { onSuccess: gone, onError: askAgain })}
      close={close}
    />
  );
}
