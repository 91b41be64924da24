import { Button, Field, Input, makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useAct, type Value } from '../api/query.ts';
import { Refused } from '../sessions/Refused.tsx';
import { useText } from '../text.ts';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { WaitingProgram } from './WaitingProgram.tsx';

const useStyles = makeStyles({
  page: { maxWidth: '560px' },
  form: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '12px' },
  code: { width: '200px', '& input': { fontSize: '18px', letterSpacing: '2px', textTransform: 'uppercase' } },
});

type Answer = 'approved' | 'refused';
/** A program that waits, and the code that it waits with. */
type Waiting = { readonly userCode: string; readonly program: Value<'showDeviceCode'> };

/** Where an agent lets a program in that has no browser: the code it shows, who asks, yes or no. */
export function DevicePage() {
  const styles = useStyles();
  const { say } = useText();
  const [waiting, setWaiting] = useState<Waiting>();
  const [answer, setAnswer] = useState<Answer>();
  return (
    <>
      <PageHead title={say('device.title')} />
      <Panel padded className={styles.page}>
        {answer ? (
          <MessageBar intent={answer === 'approved' ? 'success' : 'info'} layout="multiline" politeness="assertive">
            <MessageBarBody>{say(answer === 'approved' ? 'device.approved' : 'device.refused')}</MessageBarBody>
          </MessageBar>
        ) : waiting ? (
          <WaitingProgram {...waiting} answered={setAnswer} />
        ) : (
          <UserCodeForm found={setWaiting} />
        )}
      </Panel>
    </>
  );
}

/** One field for the code; an address that brings it fills it in, and still asks. */
function UserCodeForm({ found }: { readonly found: (waiting: Waiting) => void }) {
  const styles = useStyles();
  const { say } = useText();
  const [search] = useSearchParams();
  const [userCode, setCode] = useState(search.get('code')?.slice(0, 20) ?? '');
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const show = useAct('showDeviceCode');
  useEffect(() => field.current?.focus(), []);
  const isEmpty = userCode.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (show.isPending || isEmpty) return field.current?.focus();
    show.mutate({ body: { userCode } }, { onSuccess: (program) => found({ userCode, program }) });
  };
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      {show.error && <Refused error={show.error} />}
      <Field
        label={say('device.code')}
        hint={say('device.codeHint')}
        validationMessage={tried && isEmpty ? say('error.required', { field: say('device.code') }) : undefined}
      >
        <Input
          ref={field}
          className={styles.code}
          value={userCode}
          autoComplete="off"
          spellCheck={false}
          onChange={(_event, { value }) => setCode(value.slice(0, 20))}
        />
      </Field>
      <Button type="submit" appearance="primary" disabledFocusable={show.isPending}>
        {say('device.next')}
      </Button>
    </form>
  );
}
