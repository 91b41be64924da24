import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { ErrorCircleRegular, LockClosedRegular, SearchRegular } from '@fluentui/react-icons';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Problem } from '../../contract/problems.ts';
import { problemOf } from '../api/client.ts';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Loading } from '../ui/Loading.tsx';
import { RouterButton } from '../ui/RouterLink.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { useWhomToAsk } from './useWhyNot.ts';

type Texts = {
  readonly loading: TextKey;
  readonly error: TextKey;
  readonly noPermission?: TextKey;
  readonly notFound?: TextKey;
  readonly notFoundBody?: TextKey;
};

type Props<Value> = {
  readonly query: Pick<UseQueryResult<Value>, 'data' | 'error' | 'refetch'>;
  readonly texts: Texts;
  /** True where the answer is what the whole page is about. */
  readonly page?: boolean;
  readonly children: (value: Value) => ReactNode;
};

/** What a question answered, or why there is nothing: loading, failed, not allowed, not found. What was known stays in sight. */
export function Answered<Value>({ query: { data, error, refetch }, texts, page = false, children }: Props<Value>) {
  const { say } = useText();
  if (data !== undefined) {
    return (
      <>
        {error && (
          <MessageBar intent="warning">
            <MessageBarBody>{say('error.stale')}</MessageBarBody>
            <MessageBarActions>
              <Button onClick={() => void refetch()}>{say('common.retry')}</Button>
            </MessageBarActions>
          </MessageBar>
        )}
        {children(data)}
      </>
    );
  }
  if (!error) return <Loading label={say(texts.loading)} slow={say('state.slow')} />;
  const problem = problemOf(error);
  if (problem?.status === 403)
    return <NotAllowed page={page} problem={problem} title={say(texts.noPermission ?? texts.error)} />;
  // A page asks for nothing that could be malformed but what its address names.
  if (problem?.status === 404 || (page && problem?.status === 400)) {
    return (
      <StateBlock
        icon={<SearchRegular />}
        tone="neutral"
        page={page}
        title={say(texts.notFound ?? 'state.notFoundTitle')}
        body={say(texts.notFoundBody ?? 'state.notFoundBody')}
      >
        <RouterButton to={paths.customers}>{say('state.goCustomers')}</RouterButton>
      </StateBlock>
    );
  }
  return <Failed page={page} title={say(texts.error)} problem={problem} retry={() => void refetch()} />;
}

type FailedProps = {
  readonly page?: boolean;
  readonly title: string;
  readonly problem: Problem | undefined;
  readonly retry: () => void;
};

/** What failed, what is safe, and a way on. */
export function Failed({ page = false, title, problem, retry }: FailedProps) {
  const { say } = useText();
  return (
    <StateBlock
      icon={<ErrorCircleRegular />}
      tone="danger"
      page={page}
      title={title}
      body={problem ? `${problem.detail} ${problem.remedy}` : say('state.errorBody')}
    >
      <Button appearance="primary" onClick={retry}>
        {say('common.retry')}
      </Button>
      {problem && (
        <CopyButton text={say('common.requestId')} copied={say('common.copied')} value={problem.correlationId} />
      )}
    </StateBlock>
  );
}

/** Which roles may, and who has one. */
function NotAllowed({ page, problem, title }: { page: boolean; problem: Problem; title: string }) {
  const whom = useWhomToAsk(problem.action);
  return (
    <StateBlock
      icon={<LockClosedRegular />}
      tone="neutral"
      page={page}
      title={title}
      body={`${problem.detail} ${whom ?? problem.remedy}`}
    />
  );
}
