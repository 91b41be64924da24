import { Button, makeStyles, MenuItem, useRestoreFocusTarget } from '@fluentui/react-components';
import { CalendarClock20Regular, Pause20Regular, Play20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { CampaignOnWire } from '../../contract/campaigns.ts';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useText } from '../text.ts';
import { MoreMenu } from '../ui/MoreMenu.tsx';
import { SCREEN } from '../ui/screen.ts';
import { ApproveDialog, DeleteDialog, RejectDialog, StopDialog } from './DecideDialog.tsx';
import { ScheduleDialog } from './ScheduleDialog.tsx';
import { SubmitDialog } from './SubmitDialog.tsx';
import type { Steering } from './useSteering.ts';

const useStyles = makeStyles({
  acts: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    alignItems: 'center',
    gap: '8px',
    [SCREEN.belowTable]: { justifyContent: 'flex-start' },
  },
});

type Asked = 'delete' | 'submit' | 'approve' | 'reject' | 'stop' | 'schedule';
const DIALOGS = {
  delete: DeleteDialog,
  submit: SubmitDialog,
  approve: ApproveDialog,
  reject: RejectDialog,
  stop: StopDialog,
  schedule: ScheduleDialog,
} as const satisfies Record<Asked, unknown>;

type Props = { readonly campaign: CampaignOnWire; readonly steer: Steering };

/** What can be done to a campaign as it stands, by this agent. */
export function CampaignActs({ campaign, steer }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const opener = useRestoreFocusTarget();
  const [asked, ask] = useState<Asked>();
  const { acts, campaignId, state, rows } = campaign;
  const params = { campaignId };
  const may = (act: (typeof acts)[number]) => acts.includes(act);
  const Dialog = asked && DIALOGS[asked];
  const remains = rows.total > rows.done;
  const isOver = state === 'done' || state === 'stopped';
  return (
    <div className={styles.acts}>
      {isOver && <SaveFile name="listCampaignRows" call={{ params }} />}
      {may('pause') && (
        <Button icon={<Pause20Regular />} disabledFocusable={steer.busy} onClick={() => steer.pause({ params })}>
          {say('bulk.pause')}
        </Button>
      )}
      {may('resume') && (
        <Button
          appearance="primary"
          icon={<Play20Regular />}
          disabledFocusable={steer.busy}
          onClick={() => steer.resume({ params })}
        >
          {say('bulk.resume')}
        </Button>
      )}
      {may('stop') && (
        <Button {...opener} onClick={() => ask('stop')}>
          {say(state === 'waitingForApproval' ? 'upgrades.withdraw' : 'bulk.stop')}
        </Button>
      )}
      {may('reject') && (
        <Button {...opener} onClick={() => ask('reject')}>
          {say('upgrades.reject')}
        </Button>
      )}
      {may('approve') && (
        <Button {...opener} appearance="primary" onClick={() => ask('approve')}>
          {say('upgrades.approve')}
        </Button>
      )}
      {may('renew') && state === 'planned' && (
        <Button {...opener} icon={<CalendarClock20Regular />} onClick={() => ask('schedule')}>
          {say('bulk.schedule')}
        </Button>
      )}
      {may('submit') && (
        <Button {...opener} appearance="primary" onClick={() => ask('submit')}>
          {say('bulk.run', { n: rows.eligible })}
        </Button>
      )}
      {may('retry') && state === 'done' && (
        <Button appearance="primary" disabledFocusable={steer.busy} onClick={() => steer.retry({ params })}>
          {say('bulk.retryFailed', { n: rows.failed })}
        </Button>
      )}
      {may('renew') && remains && state !== 'planned' && (
        <Button disabledFocusable={steer.busy} onClick={() => steer.renew({ params, body: { startsAt: null } })}>
          {say('bulk.renewRest')}
        </Button>
      )}
      {(may('change') || may('delete')) && <PlanMenu campaign={campaign} steer={steer} remove={() => ask('delete')} />}
      {Dialog && <Dialog campaign={campaign} close={() => ask(undefined)} />}
    </div>
  );
}

/** How the plan as a whole is changed, or thrown away. */
function PlanMenu({ campaign, steer, remove }: Props & { readonly remove: () => void }) {
  const { say } = useText();
  const { acts, campaignId, startsAt, name } = campaign;
  const params = { campaignId };
  const changeTo = (upgradeType: CampaignOnWire['upgradeType']) => steer.change({ params, body: { upgradeType } });
  return (
    <MoreMenu label={say('common.moreFor', { name })}>
      {acts.includes('change') && (
        <>
          <MenuItem onClick={() => steer.renew({ params, body: { startsAt } })}>{say('bulk.replan')}</MenuItem>
          <MenuItem onClick={() => changeTo('upgrade_with_license_transfer')}>{say('wizard.transferWith')}</MenuItem>
          <MenuItem onClick={() => changeTo('upgrade_only')}>{say('wizard.transferWithout')}</MenuItem>
        </>
      )}
      {acts.includes('delete') && <MenuItem onClick={remove}>{say('bulk.delete')}</MenuItem>}
    </MoreMenu>
  );
}
