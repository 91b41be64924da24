import { makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import type { AcceptanceOnWire } from '../../contract/acceptance.ts';
import { askAgain } from '../api/query.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { CodeSteps, type ProvedCode } from './CodeSteps.tsx';
import { DecisionForm, type Done, useFilled } from './DecisionForm.tsx';
import { TenantSignIn } from './TenantSignIn.tsx';

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', rowGap: '16px' } });

type Props = {
  readonly acceptance: AcceptanceOnWire;
  readonly token: string;
  readonly done: (done: Done) => void;
};

/** Proving to be an administrator, by a sign-in or a code, and then the answer. What is answered is what is shown above it. */
export function AnswerForm({ acceptance, token, done }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const [code, setCode] = useState<ProvedCode>();
  const filled = useFilled(acceptance);
  const { signedIn } = acceptance;
  if (!acceptance.canProve) {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{say('accept.noMail')}</MessageBarBody>
      </MessageBar>
    );
  }
  const again = () => {
    setCode(undefined);
    askAgain();
  };
  const answering = { acceptance, token, filled, done, again };
  return (
    <div className={styles.form}>
      {signedIn || code ? (
        <>
          {signedIn ? (
            <Proved by="accept.signedIn" until={signedIn.until} />
          ) : (
            code && <Proved by="accept.codeRight" until={code.until} />
          )}
          <DecisionForm {...answering} proof={signedIn ? undefined : code} />
        </>
      ) : (
        <>
          {acceptance.canSignIn && <TenantSignIn acceptance={acceptance} token={token} />}
          <CodeSteps acceptance={acceptance} token={token} proved={setCode} />
        </>
      )}
    </div>
  );
}

function Proved({ by, until }: { by: TextKey; until: string }) {
  const { say } = useText();
  const format = useFormat();
  const bar = useRef<HTMLDivElement>(null);
  // What was in focus is gone with the step before.
  useEffect(() => bar.current?.focus(), []);
  return (
    <MessageBar ref={bar} tabIndex={-1} intent="success" layout="multiline" politeness="assertive">
      <MessageBarBody>{say(by, { time: format.timeToTheSecond(until) })}</MessageBarBody>
    </MessageBar>
  );
}
