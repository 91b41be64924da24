import { Button, makeStyles, mergeClasses, ProgressBar, tokens } from '@fluentui/react-components';
import { DocumentArrowUpRegular } from '@fluentui/react-icons';
import { type DragEvent, useRef, useState } from 'react';
import { newId } from '../api/new-id.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useMay } from '../frame/useSession.ts';
import { WhyNot } from '../frame/WhyNot.tsx';
import { useText } from '../text.ts';

const useStyles = makeStyles({
  field: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 12px',
    padding: '12px',
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
  },
  over: { backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2 },
  hidden: { display: 'none' },
  progress: { display: 'flex', flexDirection: 'column', rowGap: '4px', width: '100%' },
});

const WHY_NOT_ID = 'why-not-import';
const ASKED_AGAIN_MS = 1000;

type Props = {
  readonly done: (importId: string) => void;
  readonly title: string;
  /** What can be dropped. */
  readonly hint: string;
};

/** Takes a file, by a button or dropped, and shows how far it is read. */
export function ImportDrop({ done, title, hint }: Props) {
  const { say } = useText();
  const styles = useStyles();
  const mayImport = useMay('importPrices');
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [sent, setSent] = useState<{ readonly importId: string; readonly name: string }>();
  const act = useAct('sendImport');
  const send = (file: File | undefined) => {
    if (!file || act.isPending || !mayImport) return;
    const importId = newId();
    setSent({ importId, name: file.name });
    const query = { importId, fileName: file.name.slice(-200) };
    act.mutate({ query, body: file }, { onSuccess: () => done(importId) });
    // The same file, corrected, can be chosen again.
    if (picker.current) picker.current.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    send(event.dataTransfer.files[0]);
  };
  return (
    <>
      <div
        className={mergeClasses(styles.field, isOver && styles.over)}
        data-drop
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(mayImport);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <input
          ref={picker}
          className={styles.hidden}
          type="file"
          accept=".csv,.tsv,.txt,.zip"
          aria-label={say('cat.importChoose')}
          onChange={(event) => send(event.target.files?.[0])}
        />
        <Button
          icon={<DocumentArrowUpRegular />}
          disabledFocusable={!mayImport || act.isPending}
          {...(!mayImport && { 'aria-describedby': WHY_NOT_ID })}
          onClick={() => mayImport && picker.current?.click()}
        >
          {say('cat.importChoose')}
        </Button>
        <span>{hint}</span>
        {act.isPending && sent && <Progress {...sent} title={title} />}
      </div>
      <WhyNot id={WHY_NOT_ID} action="importPrices" />
      {act.error && <ProblemBar error={act.error} />}
    </>
  );
}

function Progress({ importId, name, title }: Readonly<Record<'importId' | 'name' | 'title', string>>) {
  const { say } = useText();
  const styles = useStyles();
  const shown = useAnswer('showImport', { params: { importId } }, { every: ASKED_AGAIN_MS });
  return (
    <div className={styles.progress} role="status">
      {say('cat.importReading', { name, n: shown.data?.rows ?? 0 })}
      <ProgressBar aria-label={title} />
    </div>
  );
}
