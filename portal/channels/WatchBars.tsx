import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { WatchOnWire } from '../../contract/watches.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { RouterLink } from '../ui/RouterLink.tsx';

const useStyles = makeStyles({ bars: { display: 'flex', flexDirection: 'column', rowGap: '8px' } });

/** A look that came by itself is seen after this long. */
const ASKED_AGAIN_MS = 30_000;
/** The newest ones; the list below them is what the page is for. */
const MOST_SHOWN = 3;

/** What is looked at again: found something, or waiting for its day. Of one customer, or of all. */
export function WatchBars({ customerId }: { customerId?: string }) {
  const { say } = useText();
  const styles = useStyles();
  const query = customerId === undefined ? { limit: 200 } : { customerId, limit: 200 };
  const watches = useAnswer('listWatches', { query }, { every: ASKED_AGAIN_MS });
  // Among all customers only what somebody can act on now.
  const shown = (watches.data?.items ?? []).filter((one) => customerId !== undefined || one.outcome !== null);
  const [all, showAll] = useState(false);
  if (shown.length === 0) return null;
  return (
    <div className={styles.bars}>
      {shown.slice(0, all ? undefined : MOST_SHOWN).map((watch) => (
        <WatchBar key={watch.watchId} watch={watch} named={customerId === undefined} />
      ))}
      {shown.length > MOST_SHOWN && (
        <div>
          <Button size="small" onClick={() => showAll(!all)}>
            {say(all ? 'common.showLess' : 'common.showAll', { n: shown.length })}
          </Button>
        </div>
      )}
    </div>
  );
}

/** One watch in a sentence, and where it leads. */
export function WatchBar({ watch, named = false }: { watch: WatchOnWire; named?: boolean }) {
  const { say } = useText();
  const mayUpgrade = useMay('upgrade');
  const check = useAct('checkWatch');
  const remove = useAct('removeWatch');
  const { customerId, watchId, subscriptionId, targetOfferId, outcome } = watch;
  const params = { customerId, watchId };
  const isBusy = check.isPending || remove.isPending;
  const route =
    outcome === 'cleared'
      ? `${paths.upgrade(customerId, subscriptionId)}?to=${targetOfferId}`
      : paths.evidence(customerId, subscriptionId, targetOfferId);
  const subject = named ? watch.customerName : `${watch.subscriptionName} → ${watch.targetName}`;
  return (
    <MessageBar intent={outcome === 'cleared' ? 'success' : outcome === null ? 'info' : 'warning'} politeness="polite">
      <MessageBarBody>
        <strong>{subject}</strong> · {watch.message}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          mayUpgrade ? (
            <Button
              appearance="transparent"
              icon={<Dismiss20Regular />}
              aria-label={say('watch.remove', { name: subject })}
              disabled={isBusy}
              onClick={() => remove.mutate({ params })}
            />
          ) : undefined
        }
      >
        <RouterLink to={route}>{say(outcome === 'cleared' ? 'card.upgradeNow' : 'evidence.open')}</RouterLink>
        {mayUpgrade && (
          <Button size="small" disabledFocusable={isBusy} onClick={() => check.mutate({ params })}>
            {say('common.recheck')}
          </Button>
        )}
      </MessageBarActions>
    </MessageBar>
  );
}
