import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  MessageBar,
  MessageBarBody,
  tokens,
} from '@fluentui/react-components';
import type { SecretOnWire } from '../../contract/api-clients.ts';
import { useText } from '../text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { FactsList } from '../ui/FactsList.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  value: { display: 'flex', alignItems: 'center', columnGap: '4px' },
  text: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

/** What a program needs to get a token. Only its button closes it: the secret is not seen again. */
export function SecretDialog({ made, close }: { made: SecretOnWire; close: () => void }) {
  const { say } = useText();
  const styles = useStyles();
  const fact = (key: string, value: string) => ({
    key,
    value: (
      <span className={styles.value}>
        <span className={styles.text}>{value}</span>
        <CopyButton compact text={say('common.copyOf', { what: key })} copied={say('common.copied')} value={value} />
      </span>
    ),
  });
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('settings.secretTitle', { name: made.name })}</DialogTitle>
          <DialogContent className={styles.content}>
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{say('settings.secretOnce')}</MessageBarBody>
            </MessageBar>
            <FactsList
              facts={[
                fact(say('settings.secret'), made.secret),
                fact(say('settings.clientId'), made.clientId),
                fact(say('settings.tenant'), made.tenantId),
              ]}
            />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={close}>
              {say('common.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
