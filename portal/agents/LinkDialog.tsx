import type { JoinLinkOnWire } from '../../contract/agents.ts';
import { OnceDialog, TakenAlong } from '../frame/OnceDialog.tsx';
import { useText } from '../text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useFormat } from '../ui/format.ts';

/** The link at which somebody sets a password. */
export function LinkDialog({ made, close }: { made: JoinLinkOnWire; close: () => void }) {
  const { say } = useText();
  const format = useFormat();
  const link = window.location.origin + made.joinPath;
  return (
    <OnceDialog
      title={say('agents.linkTitle', { name: made.agent.displayName })}
      warning={say('agents.linkOnce')}
      facts={[
        { key: say('agents.link'), value: <TakenAlong text={link} /> },
        { key: say('agents.goodUntil'), value: format.dayAndTime(made.expiresAt) },
      ]}
      action={<CopyButton text={say('agents.copyLink')} copied={say('common.copied')} value={link} />}
      close={close}
    />
  );
}
