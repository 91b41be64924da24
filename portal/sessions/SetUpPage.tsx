import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useNavigate } from 'react-router';
import { queryClient, useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { Card } from './Card.tsx';
import { SetUpForm } from './SetUpForm.tsx';

/** The first partner and its administrator, with the link that the server’s console shows. */
export function SetUpPage() {
  const { say } = useText();
  const navigate = useNavigate();
  const ways = useAnswer('listSignInWays', {});
  // Behind the #, which browsers do not send: the code stands in no log on the way.
  const code = window.location.hash.slice(1);
  const enter = () => {
    queryClient.clear();
    void navigate(paths.customers, { replace: true });
  };
  const tell = (text: 'setup.noCode' | 'setup.done') => (
    <>
      <MessageBar intent={text === 'setup.done' ? 'info' : 'warning'} layout="multiline">
        <MessageBarBody>{say(text)}</MessageBarBody>
      </MessageBar>
      <Button onClick={() => void navigate(paths.signIn)}>{say('setup.toSignIn')}</Button>
    </>
  );
  return (
    <Card title={say('setup.title')} lead={say('setup.lead')} wide>
      <Answered query={ways} texts={{ loading: 'state.loading', error: 'setup.errorTitle' }}>
        {({ needsSetup }) => {
          if (!needsSetup) return tell('setup.done');
          return code === '' ? tell('setup.noCode') : <SetUpForm code={code} entered={enter} />;
        }}
      </Answered>
    </Card>
  );
}
