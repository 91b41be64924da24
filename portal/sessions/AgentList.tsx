import { makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { type Value, useAct } from '../api/query.ts';
import { ROLE_TEXT } from '../frame/roles.ts';
import { useText } from '../text.ts';

const useStyles = makeStyles({
  hint: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  partner: {
    margin: '0 0 4px',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', rowGap: '2px' },
  agent: {
    boxSizing: 'border-box',
    width: '100%',
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    columnGap: '12px',
    minHeight: '40px',
    padding: '4px 10px',
    font: 'inherit',
    textAlign: 'start',
    color: 'inherit',
    cursor: 'pointer',
    backgroundColor: 'transparent',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '4px',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  roles: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3, textAlign: 'end' },
});

type Props = { readonly agents: Value<'listSignInWays'>['agents']; readonly entered: () => void };

/** The agents of the demo, by partner: choosing one is all there is to signing in. */
export function AgentList({ agents, entered }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const signIn = useAct('signIn');
  const choose = (agent: string) => signIn.mutate({ body: { agent } }, { onSuccess: entered });
  return (
    <>
      <p className={styles.hint}>{say('signin.demoHint')}</p>
      {signIn.error && (
        <MessageBar intent="error">
          <MessageBarBody>{signIn.error.message}</MessageBarBody>
        </MessageBar>
      )}
      {[...Map.groupBy(agents, (agent) => agent.partner)].map(([partner, ofPartner]) => (
        <section key={partner} aria-label={partner}>
          <h2 className={styles.partner}>{partner}</h2>
          <ul className={styles.list}>
            {ofPartner.map(({ email, displayName, roles }) => (
              <li key={email}>
                <button
                  type="button"
                  className={styles.agent}
                  disabled={signIn.isPending}
                  onClick={() => choose(email)}
                >
                  <span>{displayName}</span>
                  <span className={styles.roles}>
                    {roles.map((role) => say(ROLE_TEXT[role])).join(', ') || say('signin.withoutRole')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
