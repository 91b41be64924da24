import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { problemOf } from '../api/client.ts';
import { useText } from '../text.ts';

/** Why an act was not done, where it was asked for. */
export function ProblemBar({ error }: { error: Error }) {
  const { say } = useText();
  const problem = problemOf(error);
  return (
    <MessageBar intent="error" layout="multiline" politeness="assertive">
      <MessageBarBody>{problem ? `${problem.detail} ${problem.remedy}` : say('error.network')}</MessageBarBody>
    </MessageBar>
  );
}
