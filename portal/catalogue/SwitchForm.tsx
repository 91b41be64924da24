import {
  Button,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Tag,
  TagGroup,
  Toast,
  ToastTitle,
  useToastController,
} from '@fluentui/react-components';
import type { MapPathOnWire } from '../../contract/upgrade-map.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useFirstWrong } from '../frame/FormDialog.tsx';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { TOASTER } from '../frame/toaster.ts';
import { useMay } from '../frame/useSession.ts';
import { WhyNot } from '../frame/WhyNot.tsx';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { useCountries } from '../ui/useCountries.ts';
import { useKept } from '../ui/useKept.ts';

const WHY_NOT_ID = 'why-not-switch';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  days: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))', gap: '12px' },
  input: { minWidth: 0, '& > input': { minWidth: 0 } },
});

type Word = 'catalog' | 'on' | 'off';
const WORDS: readonly Word[] = ['catalog', 'on', 'off'];
const WORD_TEXT: Readonly<Record<Word, TextKey>> = {
  catalog: 'cat.wordCatalog',
  on: 'cat.wordOn',
  off: 'cat.wordOff',
};

function useSwitch({ pathId, switched }: MapPathOnWire) {
  const [word, say] = useKept<Word>(`word ${pathId}`, switched ? (switched.enabled ? 'on' : 'off') : 'catalog');
  const [markets, change] = useKept<readonly string[]>(`markets ${pathId}`, switched?.markets ?? []);
  const [from, setFrom] = useKept(`from ${pathId}`, switched?.validFrom ?? '');
  const [until, setUntil] = useKept(`until ${pathId}`, switched?.validUntil ?? '');
  const put = useAct('switchPath');
  const remove = useAct('removePathSwitch');
  const act = word === 'catalog' ? remove : put;
  const save = (done: () => void) => {
    const params = { pathId };
    if (word === 'catalog') return remove.mutate({ params }, { onSuccess: done });
    const within = {
      markets: markets.length > 0 ? [...markets] : null,
      validFrom: from || null,
      validUntil: until || null,
    };
    return put.mutate({ params, body: { enabled: word === 'on', ...within } }, { onSuccess: done });
  };
  return {
    word,
    say,
    markets,
    change,
    from,
    setFrom,
    until,
    setUntil,
    save,
    error: act.error,
    isPending: act.isPending,
  };
}

/** The partner's own word on a path: on or off, for some markets and days or for all; or none, and the catalog's holds. */
export function SwitchForm({ path }: { path: MapPathOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  const { dispatchToast } = useToastController(TOASTER);
  const mayNot = !useMay('switchPaths');
  const own = useSwitch(path);
  const { form, tried } = useFirstWrong(own.error);
  const fields = own.error && problemOf(own.error)?.fields;
  const wrong = (field: string) => fields?.find((one) => one.field === field)?.message;
  const saved = () =>
    dispatchToast(
      <Toast>
        <ToastTitle>{say('cat.switched')}</ToastTitle>
      </Toast>,
      { intent: 'success' },
    );
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        tried();
        if (!mayNot && !own.isPending) own.save(saved);
      }}
    >
      <RadioGroup
        aria-label={say('cat.ownWord')}
        value={own.word}
        disabled={mayNot}
        onChange={(_event, { value }) => own.say(WORDS.find((one) => one === value) ?? 'catalog')}
      >
        {WORDS.map((word) => (
          <Radio key={word} value={word} label={say(WORD_TEXT[word])} />
        ))}
      </RadioGroup>
      {own.word !== 'catalog' && <Within own={own} disabled={mayNot} wrong={wrong} />}
      {own.error && !fields && <ProblemBar error={own.error} />}
      <div>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={mayNot || own.isPending}
          {...(mayNot && { 'aria-describedby': WHY_NOT_ID })}
        >
          {say('common.save')}
        </Button>
      </div>
      <WhyNot id={WHY_NOT_ID} action="switchPaths" />
    </form>
  );
}

type WithinProps = {
  readonly own: ReturnType<typeof useSwitch>;
  readonly disabled: boolean;
  readonly wrong: (field: string) => string | undefined;
};

/** The markets and days that the word is meant for. */
function Within({ own, disabled, wrong }: WithinProps) {
  const { say } = useText();
  const styles = useStyles();
  const { from, setFrom, until, setUntil } = own;
  return (
    <>
      <Markets chosen={own.markets} change={own.change} disabled={disabled} wrong={wrong('markets')} />
      <div className={styles.days}>
        <Day
          label={say('cat.validFrom')}
          value={from}
          change={setFrom}
          disabled={disabled}
          wrong={wrong('validFrom')}
        />
        <Day
          label={say('cat.validUntil')}
          value={until}
          change={setUntil}
          disabled={disabled}
          wrong={wrong('validUntil')}
        />
      </div>
    </>
  );
}

type MarketsProps = {
  readonly chosen: readonly string[];
  readonly change: (markets: readonly string[]) => void;
  readonly disabled: boolean;
  readonly wrong: string | undefined;
};

function Markets({ chosen, change, disabled, wrong }: MarketsProps) {
  const { say } = useText();
  const format = useFormat();
  const countries = useCountries();
  return (
    <>
      <Field label={say('cat.markets')} hint={say('cat.marketsHint')} {...(wrong && { validationMessage: wrong })}>
        <Select value="" disabled={disabled} onChange={(_event, { value }) => value && change([...chosen, value])}>
          <option value="">{say('cat.addMarket')}</option>
          {countries
            .filter(({ code }) => !chosen.includes(code))
            .map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </Select>
      </Field>
      {chosen.length > 0 && (
        <TagGroup
          aria-label={say('cat.markets')}
          onDismiss={(_event, { value }) => change(chosen.filter((one) => one !== value))}
        >
          {chosen.map((code) => (
            <Tag key={code} value={code} size="small" dismissible={!disabled}>
              {format.country(code)}
            </Tag>
          ))}
        </TagGroup>
      )}
    </>
  );
}

type DayProps = {
  readonly label: string;
  readonly value: string;
  readonly change: (day: string) => void;
  readonly disabled: boolean;
  readonly wrong: string | undefined;
};

function Day({ label, value, change, disabled, wrong }: DayProps) {
  const styles = useStyles();
  return (
    <Field label={label} {...(wrong && { validationMessage: wrong })}>
      <Input
        className={styles.input}
        type="date"
        value={value}
        disabled={disabled}
        onChange={(_event, data) => change(data.value)}
      />
    </Field>
  );
}
