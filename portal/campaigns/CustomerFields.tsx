import { Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { type TextKey, useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { SCREEN } from '../ui/screen.ts';
import { Section } from '../ui/Section.tsx';
import { type By, BYS, candidatesOf, type FormPart } from './campaign-form.ts';
import { Candidates } from './Candidates.tsx';
import { FileFields } from './FileFields.tsx';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  by: { [SCREEN.belowTable]: { flexDirection: 'column', alignItems: 'flex-start' } },
  filter: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))',
    gap: '12px 20px',
    [SCREEN.belowTable]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  wrong: { color: tokens.colorStatusDangerForeground1, fontSize: tokens.fontSizeBase200 },
});

const BY_TEXT: Readonly<Record<By, TextKey>> = {
  filter: 'bulk.byFilter',
  hand: 'bulk.byPick',
  file: 'bulk.byCsv',
};

/** For which customers: all that a filter is about, some of them, or those of a file. */
export function CustomerFields(part: FormPart) {
  const { say } = useText();
  const styles = useStyles();
  const { form, path, move, change, wrong } = part;
  const picked = Object.keys(form.picked).length;
  const query = candidatesOf(form, path);
  const unpicked = wrong('choose.subscriptions', picked > 0);
  return (
    <Section number={2} title={say('bulk.customersBy')}>
      <Panel padded className={styles.fields}>
        <RadioGroup
          className={styles.by}
          layout="horizontal"
          aria-label={say('bulk.customersBy')}
          value={path.by}
          onChange={(_event, { value }) => move({ by: BYS.find((one) => one === value) ?? 'filter' })}
        >
          {BYS.map((one) => (
            <Radio key={one} value={one} label={say(BY_TEXT[one])} />
          ))}
        </RadioGroup>
        {path.by === 'filter' && <FilterFields {...part} />}
        {path.by === 'file' && <FileFields {...part} />}
        {path.by === 'hand' && unpicked && (
          <span role="alert" className={styles.wrong}>
            {picked === 0 ? say('bulk.pickOne') : unpicked}
          </span>
        )}
        {path.by !== 'file' && path.from === '' && <span>{say('bulk.fromFirst')}</span>}
      </Panel>
      {path.by !== 'file' && query && (
        <Candidates query={query} form={form} change={change} picks={path.by === 'hand'} />
      )}
    </Section>
  );
}

function FilterFields({ form, change, wrong }: FormPart) {
  const { say } = useText();
  const styles = useStyles();
  const field = (
    name: 'endsFrom' | 'endsUntil' | 'licensesFrom' | 'licensesUntil',
    label: TextKey,
    type: 'date' | 'number',
  ) => (
    <Field label={say(label)} validationMessage={wrong(`choose.${name}`, form[name] !== '')}>
      <Input
        type={type}
        {...(type === 'number' && { min: 1 })}
        value={form[name]}
        onChange={(_event, { value }) => change({ [name]: value })}
      />
    </Field>
  );
  return (
    <div className={styles.filter}>
      {field('endsFrom', 'bulk.endsFrom', 'date')}
      {field('endsUntil', 'bulk.endsUntil', 'date')}
      {field('licensesFrom', 'bulk.licensesFrom', 'number')}
      {field('licensesUntil', 'bulk.licensesUntil', 'number')}
    </div>
  );
}
