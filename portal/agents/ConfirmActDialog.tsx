import type { JoinLinkOnWire, ManagedAgentOnWire } from '../../contract/agents.ts';
import { askAgain, useAct } from '../api/query.ts';
import { AskDialog } from '../frame/AskDialog.tsx';
import { type TextKey, useText } from '../text.ts';

/** Acts that end something for somebody. */
export type EndingAct = 'remove' | 'resetPassword' | 'resetSecondFactor';

type Texts = Readonly<Record<'title' | 'body' | 'submit', TextKey>>;
const TEXTS: Readonly<Record<EndingAct | 'newLink', Texts>> = {
  remove: { title: 'settings.removeUser', body: 'settings.removeUserBody', submit: 'agents.remove' },
  newLink: { title: 'agents.newLinkTitle', body: 'agents.newLinkBody', submit: 'agents.newLink' },
  resetPassword: {
    title: 'agents.resetPasswordTitle',
    body: 'agents.resetPasswordBody',
    submit: 'agents.resetPassword',
  },
  resetSecondFactor: {
    title: 'agents.resetFactorTitle',
    body: 'agents.resetFactorBody',
    submit: 'agents.resetFactor',
  },
};

type Props = {
  readonly act: EndingAct;
  readonly agent: ManagedAgentOnWire;
  readonly linked: (made: JoinLinkOnWire) => void;
  readonly done: (told: TextKey) => void;
  readonly close: () => void;
};

/** Asks before somebody loses access, a password or a second factor. */
export function ConfirmActDialog({ act, agent, linked, done, close }: Props) {
  const { say } = useText();
  const acts = {
    remove: useAct('removeAgent'),
    resetPassword: useAct('resetAgentPassword'),
    resetSecondFactor: useAct('resetSecondFactor'),
  };
  const known = agent.secretsKnown;
  const texts = TEXTS[act === 'resetPassword' && agent.state === 'invited' ? 'newLink' : act];
  const submit = () => {
    const call = { params: { agentId: agent.agentId } };
    // Perhaps a colleague was faster: what is true now is shown at once.
    const onError = askAgain;
    if (act === 'remove') acts.remove.mutate(call, { onSuccess: () => done('agents.wasRemoved'), onError });
    else if (act === 'resetPassword') acts.resetPassword.mutate(call, { onSuccess: linked, onError });
    else acts.resetSecondFactor.mutate(call, { onSuccess: () => done('agents.factorReset'), onError });
  };
  return (
    <AskDialog
      title={say(texts.title, { name: agent.displayName })}
      subject={`${agent.displayName} · ${agent.email}`}
      body={
        known.length > 0 && act === 'remove'
          ? `${say(texts.body)} ${say('agents.secretsKnown', { names: known.join(', ') })}`
          : say(texts.body)
      }
      submit={say(texts.submit)}
      act={acts[act]}
      perform={submit}
      close={close}
    />
  );
}
