import { Divider, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { queryClient, useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { AgentList } from './AgentList.tsx';
import { Card } from './Card.tsx';
import { CodeForm } from './CodeForm.tsx';
import { type Credentials, PasswordForm } from './PasswordForm.tsx';
import { WorkAccount } from './WorkAccount.tsx';

/** Getting in: with a work account, in the demo by choosing an agent, with a local account anywhere. */
export function SignInPage() {
  const { say } = useText();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const ways = useAnswer('listSignInWays', {});
  const [half, setHalf] = useState<Credentials>();
  const enter = () => {
    queryClient.clear();
    void navigate(localPath(search.get('next')), { replace: true });
  };
  const ended = search.get('ended') && (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>{say('signin.expired')}</MessageBarBody>
    </MessageBar>
  );
  if (half) {
    return (
      <Card title={say('signin.secondStep')} lead={half.email}>
        <CodeForm credentials={half} entered={enter} back={() => setHalf(undefined)} />
      </Card>
    );
  }
  return (
    <Card title={say('signin.title')} lead={say('app.tagline')} notice={ended}>
      <Answered query={ways} texts={{ loading: 'state.loading', error: 'signin.errorTitle' }}>
        {({ demo, needsSetup, agents, workAccount }) => (
          <>
            {needsSetup && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{say('signin.needsSetup')}</MessageBarBody>
              </MessageBar>
            )}
            <WorkAccount way={workAccount} others={say(demo ? 'signin.orDemo' : 'signin.orLocal')} />
            {demo && (
              <>
                <AgentList agents={agents} entered={enter} />
                <Divider>{say('signin.orLocal')}</Divider>
              </>
            )}
            <PasswordForm entered={enter} halfway={setHalf} only={!demo && workAccount === 'none'} />
          </>
        )}
      </Answered>
    </Card>
  );
}

/** Only a page of this portal: an address from outside must not lead elsewhere. */
function localPath(next: string | null): string {
  // A browser leaves tabs and line breaks out of an address before it reads it.
  return next !== null && /^\/(?![/\\])/.test(next.replace(/[\t\n\r]/g, '')) ? next : paths.customers;
}
