import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { problemOf } from '../api/client.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';

/** Why nobody was signed in. */
export function Refused({ error }: { error: Error }) {
  const { say } = useText();
  const format = useFormat();
  const problem = problemOf(error);
  const words = () => {
    if (problem?.code === 'sign-in-failed') return say('signin.wrong');
    if (problem?.until !== undefined) return say('signin.locked', { time: format.timeToTheSecond(problem.until) });
    return problem ? `${problem.detail} ${problem.remedy}` : say('error.network');
  };
  return (
    <MessageBar intent="error" layout="multiline" politeness="assertive">
      <MessageBarBody>{words()}</MessageBarBody>
    </MessageBar>
  );
}
