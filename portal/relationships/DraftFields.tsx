import {
  Button,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Select,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { LockClosed16Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { Call } from '../../contract/client.ts';
import type { Endpoints } from '../../contract/endpoints.ts';
import { useAnswer } from '../api/query.ts';
import { useText } from '../text.ts';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import type { FormPart } from './RequestPage.tsx';
import { partsOf } from './request-form.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  language: { maxWidth: '200px' },
  link: {
    display: 'flex',
    alignItems: 'center',
    columnGap: '8px',
    padding: '8px 12px',
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground2,
  },
  hint: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
});

const TYPING_MS = 300;

/** The email as the agent left it: text on both sides of a link that nobody can lose. */
export type Draft = { readonly subject: string; readonly before: string; readonly after: string };

type Props = FormPart & {
  readonly body: Call<Endpoints['draftRelationshipRequest']>['body'];
  /** Undefined: as drafted. */
  readonly draft: Draft | undefined;
  readonly setDraft: (draft: Draft | undefined) => void;
};

/** The draft, which follows what is asked for until somebody changes it. */
export function DraftFields({ form, change, wrong, body, draft, setDraft }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const settled = useSettled(body);
  const drafted = useAnswer('draftRelationshipRequest', { body: settled }, { keep: true });
  const [changedFrom, setChangedFrom] = useState<string>();
  const fresh = drafted.data && { subject: drafted.data.subject, ...partsOf(drafted.data.text) };
  const shown = draft ?? fresh ?? { subject: '', before: '', after: '' };
  const edit = (changes: Partial<Draft>) => {
    if (!draft) setChangedFrom(drafted.data?.text);
    setDraft({ ...shown, ...changes });
  };
  const isStale = draft !== undefined && drafted.data !== undefined && drafted.data.text !== changedFrom;
  return (
    <Section title={say('rel.draft')}>
      <Panel padded className={styles.fields}>
        <Field label={say('rel.draftLang')}>
          <Select
            className={styles.language}
            value={form.language}
            onChange={(_event, { value }) => change({ language: value === 'tr' ? 'tr' : 'en' })}
          >
            <option value="tr">{say('app.languageTr')}</option>
            <option value="en">{say('app.languageEn')}</option>
          </Select>
        </Field>
        {isStale && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>{say('rel.draftStale')}</MessageBarBody>
            <MessageBarActions>
              <Button size="small" onClick={() => setDraft(undefined)}>
                {say('rel.draftAnew')}
              </Button>
            </MessageBarActions>
          </MessageBar>
        )}
        <Field label={say('rel.subject')} validationMessage={wrong('email', 'subject')}>
          <Input value={shown.subject} onChange={(_event, { value }) => edit({ subject: value })} />
        </Field>
        <Field label={say('rel.textBefore')} validationMessage={wrong('email', 'text')}>
          <Textarea rows={6} value={shown.before} onChange={(_event, { value }) => edit({ before: value })} />
        </Field>
        <div className={styles.link}>
          <LockClosed16Regular />
          {say('rel.linkPlace')}
        </div>
        <Field label={say('rel.textAfter')}>
          <Textarea rows={9} value={shown.after} onChange={(_event, { value }) => edit({ after: value })} />
        </Field>
        <span className={styles.hint}>{say('rel.linkLocked')}</span>
      </Panel>
    </Section>
  );
}

/** What is typed, once typing pauses. */
function useSettled<Value>(value: Value): Value {
  const [settled, settle] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), TYPING_MS);
    return () => clearTimeout(timer);
    // The text stands for the value, which is another object at each turn.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [text]);
  return settled;
}
