import { Button, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { PasswordDialog } from '../account/PasswordDialog.tsx';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { useSession } from '../frame/useSession.ts';
import { Refused } from '../sessions/Refused.tsx';
import { useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  line: { margin: 0 },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

type Props = {
  readonly userCode: string;
  readonly program: Value<'showDeviceCode'>;
  readonly answered: (answer: 'approved' | 'refused') => void;
};

/** Who asks, from where, and what it would get; an agent with a password gives it before the program is let in. */
export function WaitingProgram({ userCode, program, answered }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const agent = useSession().data?.agent;
  const account = useAnswer('showAccount', {});
  const approve = useAct('approveDeviceCode');
  const refuse = useAct('refuseDeviceCode');
  const [asking, ask] = useState(false);
  const letIn = (password?: string) =>
    approve.mutate({ body: { userCode, ...(password && { password }) } }, { onSuccess: () => answered('approved') });
  const turnAway = () => refuse.mutate({ body: { userCode } }, { onSuccess: () => answered('refused') });
  const isPending = approve.isPending || refuse.isPending || !account.data;
  const error = refuse.error ?? (asking ? null : approve.error);
  return (
    <div className={styles.content}>
      {error && <Refused error={error} />}
      <p className={styles.line}>{say('device.question')}</p>
      <FactsList
        stacks
        facts={[
          { key: say('device.code'), value: <strong>{userCode.toUpperCase()}</strong> },
          { key: say('device.program'), value: program.program },
          { key: say('device.address'), value: program.address },
          { key: say('device.since'), value: format.dayAndTime(program.requestedAt) },
          ...(agent ? [{ key: say('device.as'), value: `${agent.displayName} · ${agent.partner.name}` }] : []),
        ]}
      />
      <p className={styles.line}>{say('device.rights')}</p>
      <div className={styles.acts}>
        <Button
          appearance="primary"
          disabledFocusable={isPending}
          onClick={() => (account.data?.hasPassword ? ask(true) : letIn())}
        >
          {say('device.approve')}
        </Button>
        <Button disabledFocusable={isPending} onClick={turnAway}>
          {say('device.refuse')}
        </Button>
      </div>
      {asking && (
        <PasswordDialog
          title={say('device.passwordTitle')}
          body={program.program}
          submit={say('device.approve')}
          act={approve}
          perform={letIn}
          close={() => ask(false)}
        />
      )}
    </div>
  );
}
