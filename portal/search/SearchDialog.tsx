import { Dialog, DialogSurface, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Search20Regular, SearchRegular } from '@fluentui/react-icons';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { useText } from '../text.ts';
import { SCREEN } from '../ui/screen.ts';
import { Spoken } from '../ui/Spoken.tsx';
import { StateBlock } from '../ui/StateBlock.tsx';
import { FoundList, rowId } from './FoundList.tsx';
import { type FoundGroup, type FoundRow, groupsOf } from './rows.ts';

const TYPING_MS = 200;
/** Less finds nearly everything. */
const LEAST_TYPED = 2;
const MOST_TYPED = 100;

const useStyles = makeStyles({
  surface: {
    // Always in the same place, however much there is in it.
    marginTop: '72px',
    padding: 0,
    maxWidth: '640px',
    maxHeight: 'calc(100vh - 144px)',
    display: 'flex',
    flexDirection: 'column',
    overflow: 'hidden',
    [SCREEN.belowTable]: { marginTop: '8px', maxHeight: 'calc(100vh - 16px)', width: 'calc(100% - 16px)' },
  },
  field: { padding: '12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  input: { width: '100%' },
  hint: { margin: 0, padding: '16px 20px 20px', color: tokens.colorNeutralForeground2 },
  foot: {
    padding: '8px 16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    [SCREEN.belowTable]: { display: 'none' },
  },
});

/** Looks for anything, from anywhere: what is chosen opens. */
export function SearchDialog({ open, close }: { open: boolean; close: () => void }) {
  const styles = useStyles();
  const { say } = useText();
  return (
    <Dialog open={open} onOpenChange={(_event, data) => !data.open && close()}>
      <DialogSurface className={styles.surface} aria-label={say('keys.search')}>
        <Search close={close} />
      </DialogSurface>
    </Dialog>
  );
}

/** What is typed, what was found for it, and which row the arrows have reached. */
function useSearch(close: () => void) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const asked = useRested(typed.trim());
  const isAsked = asked.length >= LEAST_TYPED;
  const answer = useAnswer('search', { query: { q: asked } }, { enabled: isAsked, keep: true });
  const groups = isAsked && answer.data ? groupsOf(answer.data) : [];
  const isCurrent = typed.trim() === asked && answer.data !== undefined && !answer.isPlaceholderData;
  const [pointed, point] = useState<string>();
  const rows = groups.flatMap((group) => group.rows);
  const active = rows.find(({ id }) => id === pointed) ?? rows[0];
  const choose = ({ to }: FoundRow) => {
    close();
    void navigate(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && active) point(rows.at((rows.indexOf(active) + step) % rows.length)?.id);
    // An Enter that ends the writing of a letter chooses nothing, nor does one before the answer to what is typed.
    else if (event.key === 'Enter' && active && isCurrent && !event.nativeEvent.isComposing) choose(active);
    else return;
    event.preventDefault();
  };
  return { typed, setTyped, asked, isAsked, answer, groups, isCurrent, active, point, choose, onKeyDown };
}

function Search({ close }: { close: () => void }) {
  const styles = useStyles();
  const { say } = useText();
  const list = useId();
  const { typed, setTyped, asked, isAsked, answer, groups, isCurrent, active, point, choose, onKeyDown } =
    useSearch(close);
  return (
    <>
      <div className={styles.field}>
        <Input
          className={styles.input}
          size="large"
          autoFocus
          contentBefore={<Search20Regular />}
          placeholder={say('app.globalSearch')}
          value={typed}
          onChange={(_event, { value }) => setTyped(value)}
          onKeyDown={onKeyDown}
          input={{
            role: 'combobox',
            maxLength: MOST_TYPED,
            'aria-label': say('app.globalSearch'),
            'aria-expanded': active !== undefined,
            'aria-controls': list,
            'aria-autocomplete': 'list',
            'aria-activedescendant': active && rowId(list, active),
            autoComplete: 'off',
            spellCheck: false,
          }}
        />
      </div>
      {isAsked ? (
        <Answered query={answer} texts={TEXTS}>
          {() => (
            <Found
              list={list}
              typed={asked}
              groups={groups}
              active={active}
              old={!isCurrent}
              point={({ id }) => point(id)}
              choose={choose}
            />
          )}
        </Answered>
      ) : (
        <p className={styles.hint}>{say('search.hint')}</p>
      )}
      <div className={styles.foot}>{say('search.keys')}</div>
    </>
  );
}

const TEXTS = { loading: 'search.loading', error: 'search.errorTitle', noPermission: 'search.noPermTitle' } as const;

type FoundProps = {
  readonly list: string;
  readonly typed: string;
  readonly groups: readonly FoundGroup[];
  readonly active: FoundRow | undefined;
  readonly old: boolean;
  readonly point: (row: FoundRow) => void;
  readonly choose: (row: FoundRow) => void;
};

function Found({ list, typed, groups, active, old, point, choose }: FoundProps) {
  const { say } = useText();
  const count = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <>
      <div role="status">
        <Spoken>{!old && say('app.searchResults', { n: count })}</Spoken>
      </div>
      {count === 0 ? (
        <StateBlock
          icon={<SearchRegular />}
          tone="neutral"
          title={say('customers.noMatchTitle')}
          body={say('search.noMatchBody', { query: typed })}
        />
      ) : (
        <FoundList id={list} groups={groups} active={active} old={old} point={point} choose={choose} />
      )}
    </>
  );
}

/** What was typed, once the typing rests. */
function useRested(typed: string): string {
  const [rested, setRested] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setRested(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return rested;
}
