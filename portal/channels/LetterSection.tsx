import { Button, Field, Input, makeStyles, Select, Textarea } from '@fluentui/react-components';
import { MailRegular, PrintRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Language } from '../../contract/values.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useFormat } from '../ui/format.ts';
import { Panel } from '../ui/Panel.tsx';
import { printText } from '../ui/print-text.ts';
import { Section } from '../ui/Section.tsx';
import { useKept } from '../ui/useKept.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end' },
  text: { width: '100%' },
});

type Props = { readonly customerId: string; readonly subscriptionId: string; readonly targetOfferId: string };

/** The letter that asks the customer to cancel or to let lapse; its words may be changed before it goes out. */
export function LetterSection({ customerId, subscriptionId, targetOfferId }: Props) {
  const { say, language: own } = useText();
  const styles = useStyles();
  const mayWrite = useMay('upgrade');
  const write = useAct('writeLetter');
  const [language, setLanguage] = useState<Language>(own);
  const [letter, setLetter] = useKept<{ subject: string; text: string } | undefined>(
    `letter ${targetOfferId}`,
    undefined,
  );
  const prepare = () =>
    write.mutate(
      { params: { customerId, subscriptionId }, body: { targetOfferId, language } },
      { onSuccess: ({ subject, text }) => setLetter({ subject, text }) },
    );
  return (
    <Section title={say('letter.title')} hint={say('letter.hint')}>
      <Panel padded className={styles.content}>
        <div className={styles.row}>
          <Field label={say('letter.language')}>
            <Select value={language} onChange={(_event, { value }) => setLanguage(value === 'tr' ? 'tr' : 'en')}>
              <option value="tr">{say('letter.turkish')}</option>
              <option value="en">{say('letter.english')}</option>
            </Select>
          </Field>
          <Button
            appearance={letter ? 'secondary' : 'primary'}
            disabledFocusable={!mayWrite || write.isPending}
            onClick={() => mayWrite && prepare()}
          >
            {say(letter ? 'letter.again' : 'why.letter')}
          </Button>
        </div>
        {write.error && <ProblemBar error={write.error} />}
        {letter && <Written letter={letter} change={setLetter} watch={write.data?.watch?.checkOn ?? null} />}
      </Panel>
    </Section>
  );
}

type Text = { readonly subject: string; readonly text: string };

function Written({ letter, change, watch }: { letter: Text; change: (letter: Text) => void; watch: string | null }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const mail = `mailto:?subject=${encodeURIComponent(letter.subject)}&body=${encodeURIComponent(letter.text.replaceAll('\n', '\r\n'))}`;
  return (
    <>
      <div role="status">{watch ? say('why.watching', { date: format.day(watch) }) : say('letter.noWatch')}</div>
      <Field label={say('letter.subjectField')}>
        <Input value={letter.subject} onChange={(_event, { value }) => change({ ...letter, subject: value })} />
      </Field>
      <Field label={say('letter.textField')} hint={say('letter.mayEdit')}>
        <Textarea
          className={styles.text}
          rows={22}
          resize="vertical"
          value={letter.text}
          onChange={(_event, { value }) => change({ ...letter, text: value })}
        />
      </Field>
      <div className={styles.row}>
        <CopyButton
          text={say('letter.copy')}
          copied={say('common.copied')}
          value={`${letter.subject}\n\n${letter.text}`}
        />
        <Button as="a" href={mail} icon={<MailRegular />}>
          {say('letter.openMail')}
        </Button>
        <Button icon={<PrintRegular />} onClick={() => printText(letter.subject, letter.text)}>
          {say('letter.print')}
        </Button>
      </div>
    </>
  );
}
