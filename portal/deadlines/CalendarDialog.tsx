import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { useAct, useAnswer, type Value } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { OnceDialog, TakenAlong } from '../frame/OnceDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { SaveFile } from '../frame/SaveFile.tsx';
import { useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '14px' },
  text: { margin: 0 },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

type Filters = NonNullable<Call<Endpoints['saveDeadlineCalendar']>['query']>;

/** The address that a calendar program subscribes to: made, made anew, ended; and the list as a file. */
export function CalendarDialog({ filters, close }: { filters: Filters; close: () => void }) {
  const { say } = useText();
  const styles = useStyles();
  const feed = useAnswer('showCalendarFeed', {});
  const [address, setAddress] = useState<string>();
  if (address !== undefined) {
    return (
      <OnceDialog
        title={say('calendar.madeTitle')}
        warning={say('calendar.once')}
        facts={[{ key: say('calendar.address'), value: <TakenAlong text={address} name={say('calendar.address')} /> }]}
        note={say('calendar.how')}
        close={close}
      />
    );
  }
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('calendar.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.text}>{say('calendar.lead')}</p>
            <Answered query={feed} texts={TEXTS}>
              {(value) => <Feed {...value} made={setAddress} />}
            </Answered>
            <SaveFile name="saveDeadlineCalendar" call={{ query: filters }} as="ics" />
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{say('common.close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

type FeedProps = Value<'showCalendarFeed'> & { readonly made: (address: string) => void };

function Feed({ feed, made }: FeedProps) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const renew = useAct('renewCalendarFeed');
  const revoke = useAct('revokeCalendarFeed');
  const isBusy = renew.isPending || revoke.isPending;
  const make = () => renew.mutate({}, { onSuccess: ({ address }) => made(address) });
  const error = renew.error ?? revoke.error;
  return (
    <>
      {feed && (
        <FactsList
          facts={[
            { key: say('calendar.created'), value: format.dayAndTime(feed.createdAt) },
            {
              key: say('calendar.lastUsed'),
              value: feed.lastUsedAt ? format.dayAndTime(feed.lastUsedAt) : say('calendar.neverUsed'),
            },
          ]}
        />
      )}
      {feed && <p className={styles.text}>{say('calendar.renewNote')}</p>}
      <div className={styles.acts}>
        <Button appearance="primary" disabledFocusable={isBusy} onClick={make}>
          {say(feed ? 'calendar.renew' : 'calendar.make')}
        </Button>
        {feed && (
          <Button disabledFocusable={isBusy} onClick={() => revoke.mutate({})}>
            {say('calendar.revoke')}
          </Button>
        )}
      </div>
      {error && <ProblemBar error={error} />}
    </>
  );
}

const TEXTS = { loading: 'calendar.loading', error: 'calendar.errorTitle' } as const;
