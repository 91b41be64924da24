import { Button, makeStyles, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import { useAct, type Value } from '../api/query.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { EnrollDialog } from './EnrollDialog.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';

const useStyles = makeStyles({
  lead: { margin: 0 },
  quiet: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  act: { alignSelf: 'flex-start' },
});

/** A code of an authenticator app beside the password: switched on or off. */
export function SecondFactor({ account }: { account: Value<'showAccount'> }) {
  const styles = useStyles();
  const { say } = useText();
  const format = useFormat();
  const enroll = useAct('enrollSecondFactor');
  const [enrolling, setEnrolling] = useState(false);
  const [removing, setRemoving] = useState(false);
  const opener = useRestoreFocusTarget();
  const { secondFactorSince, recoveryCodesLeft } = account;
  const isOn = secondFactorSince !== null;
  return (
    <>
      {secondFactorSince === null ? (
        <p className={styles.lead}>{say('account.secondFactorOff')}</p>
      ) : (
        <>
          <p className={styles.lead}>{say('account.secondFactorOn', { time: format.dayAndTime(secondFactorSince) })}</p>
          <p className={styles.quiet}>{say('account.codesLeft', { n: recoveryCodesLeft })}</p>
        </>
      )}
      {enrolling && (
        <PasswordDialog
          title={say('account.enrollTitle')}
          body={say('account.enrollPassword')}
          submit={say('common.continue')}
          act={enroll}
          perform={(password) => enroll.mutate({ body: { password } }, { onSuccess: () => setEnrolling(false) })}
          close={() => {
            enroll.reset();
            setEnrolling(false);
          }}
        />
      )}
      {/* One button for both, so that the focus comes back to it from either dialog. */}
      <Button
        {...opener}
        className={styles.act}
        disabledFocusable={enroll.isPending}
        onClick={() => (isOn ? setRemoving(true) : setEnrolling(true))}
      >
        {say(isOn ? 'account.switchOff' : 'account.switchOn')}
      </Button>
      {enroll.data && <EnrollDialog enrolled={enroll.data} close={() => enroll.reset()} />}
      {removing && <RemoveDialog close={() => setRemoving(false)} />}
    </>
  );
}
