import { Button, makeStyles, MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useText } from '../text.ts';

const useStyles = makeStyles({
  test: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', rowGap: '8px' },
  button: { alignSelf: 'flex-start' },
});

/** Reads the provider’s own document and says what is wrong, before anybody relies on it. */
export function ProviderTest({ issuer }: { issuer: string }) {
  const { say } = useText();
  const styles = useStyles();
  const test = useAct('testIdentityProvider');
  const isOfThis = test.variables?.body.issuer === issuer;
  const findings = isOfThis ? test.data?.findings : undefined;
  return (
    <div className={styles.test}>
      <Button
        className={styles.button}
        disabledFocusable={test.isPending || issuer.trim() === ''}
        icon={test.isPending ? <Spinner size="tiny" /> : undefined}
        onClick={() => test.mutate({ body: { issuer } })}
      >
        {say('provider.test')}
      </Button>
      {isOfThis && test.error && <ProblemBar error={test.error} />}
      {findings && !findings.some(({ isFault }) => isFault) && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{say('provider.testGood')}</MessageBarBody>
        </MessageBar>
      )}
      {findings?.map(({ name, isFault, message }) => (
        <MessageBar key={name} intent={isFault ? 'error' : 'info'} layout="multiline">
          <MessageBarBody>{message}</MessageBarBody>
        </MessageBar>
      ))}
    </div>
  );
}
