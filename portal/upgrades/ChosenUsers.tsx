import { Button, Checkbox, makeStyles, SearchBox, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Value } from '../api/query.ts';
import { useText } from '../text.ts';
import { CheckboxGroup } from '../ui/CheckboxGroup.tsx';
import { foldForSearch } from '../ui/fold.ts';

const SHOWN_FIRST = 50;

const useStyles = makeStyles({
  chooser: { display: 'flex', flexDirection: 'column', rowGap: '8px', alignItems: 'flex-start' },
  search: { width: '100%', maxWidth: '320px' },
  group: { maxHeight: '264px', overflowY: 'auto', width: '100%' },
  quiet: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

type User = Value<'compareUpgrade'>['users'][number];
type Props = {
  readonly users: readonly User[];
  readonly seats: number;
  readonly chosen: readonly string[];
  readonly choose: (userIds: readonly string[]) => void;
};

/** Who moves where not all do: found by name as it is spoken, ı and i alike. */
export function ChosenUsers({ users, seats, chosen, choose }: Props) {
  const styles = useStyles();
  const { say } = useText();
  const [search, type] = useState('');
  const [all, showAll] = useState(false);
  const wanted = foldForSearch(search);
  const found = users.filter((user) => foldForSearch(`${user.displayName} ${user.userPrincipalName}`).includes(wanted));
  const shown = all ? found : found.slice(0, SHOWN_FIRST);
  const has = new Set(chosen);
  return (
    <div className={styles.chooser}>
      <SearchBox
        className={styles.search}
        aria-label={say('wizard.usersSearch')}
        placeholder={say('wizard.usersSearch')}
        value={search}
        onChange={(_event, { value }) => type(value)}
      />
      <CheckboxGroup
        className={styles.group}
        label={say('wizard.usersMove')}
        hint={say('wizard.usersChosen', { n: chosen.length, seats })}
      >
        {shown.map(({ userId, displayName, userPrincipalName }) => (
          <Checkbox
            key={userId}
            checked={has.has(userId)}
            onChange={(_event, { checked }) =>
              choose(checked === true ? [...chosen, userId] : chosen.filter((one) => one !== userId))
            }
            label={
              <>
                {displayName}
                <span className={styles.quiet}>{userPrincipalName}</span>
              </>
            }
          />
        ))}
        {found.length === 0 && <span className={styles.quiet}>{say('wizard.usersNone')}</span>}
      </CheckboxGroup>
      {found.length > shown.length && (
        <Button size="small" appearance="transparent" onClick={() => showAll(true)}>
          {say('common.showAll', { n: found.length })}
        </Button>
      )}
    </div>
  );
}
