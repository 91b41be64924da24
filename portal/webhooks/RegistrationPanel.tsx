import { makeStyles, tokens } from '@fluentui/react-components';
import { LockClosed16Regular } from '@fluentui/react-icons';
import type { AnswerOf } from '../../contract/endpoint.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', rowGap: '8px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  hint: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

type Registration = NonNullable<AnswerOf<Endpoints['listWebhooks']>['registration']>;

/** What was registered over the Partner Center API: it is shown here, and changed there. */
export function RegistrationPanel({ registration: { url, events } }: { registration: Registration }) {
  const { say } = useText();
  const styles = useStyles();
  const none = say('settings.hookNoEvents');
  return (
    <Panel padded className={styles.panel}>
      <div className={styles.head}>
        <h2 className={styles.title}>{say('settings.hookRegistration')}</h2>
        <StatusBadge tone="neutral" icon={<LockClosed16Regular />}>
          {say('common.readOnly')}
        </StatusBadge>
      </div>
      <p className={styles.hint}>{say('settings.hookRegistrationHint')}</p>
      <FactsList
        facts={[
          { key: say('settings.hookAddress'), value: url },
          { key: say('settings.hookEvents'), value: events.join(', ') || none },
        ]}
      />
    </Panel>
  );
}
