import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { CampaignOnWire } from '../../contract/campaigns.ts';
import { useAct } from '../api/query.ts';
import { FormDialog } from '../frame/FormDialog.tsx';
import { useSession } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { momentOf, typedMoment } from './moments.ts';

/** When a plan is to start. It is planned anew for that day, since prices and dates are those of the day. */
export function ScheduleDialog({ campaign, close }: { campaign: CampaignOnWire; close: () => void }) {
  const { say } = useText();
  const renew = useAct('renewCampaign');
  const now = useSession().data?.now;
  const { campaignId, startsAt } = campaign;
  const [later, setLater] = useState(true);
  const [typed, type] = useState(startsAt ? typedMoment(startsAt) : '');
  const [tried, setTried] = useState(false);
  const moment = momentOf(typed);
  const isAhead = moment !== undefined && now !== undefined && Date.parse(moment) > Date.parse(now);
  const perform = () => {
    setTried(true);
    if (later && !isAhead) return;
    renew.mutate({ params: { campaignId }, body: { startsAt: later ? (moment ?? null) : null } }, { onSuccess: close });
  };
  return (
    <FormDialog
      title={say('bulk.scheduleTitle')}
      submit={say('bulk.replan')}
      act={renew}
      perform={perform}
      close={close}
    >
      <span>{say('bulk.scheduleBody')}</span>
      <Field label={say('bulk.start')}>
        <RadioGroup value={later ? 'later' : 'now'} onChange={(_event, { value }) => setLater(value === 'later')}>
          <Radio value="now" label={say('bulk.startNow')} />
          <Radio value="later" label={say('bulk.startLater')} />
        </RadioGroup>
      </Field>
      {later && (
        <Field
          label={say('bulk.startAt')}
          required
          validationMessage={(tried || typed !== '') && !isAhead ? say('bulk.startAhead') : undefined}
        >
          <Input type="datetime-local" value={typed} onChange={(_event, { value }) => type(value)} />
        </Field>
      )}
    </FormDialog>
  );
}
