import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DocumentArrowUpRegular } from '@fluentui/react-icons';
import { type DragEvent, useMemo, useRef, useState } from 'react';
import { useAnswer } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useText } from '../text.ts';
import { BadRows, useHowRead } from './HowRead.tsx';
import { blobOf, bytesOf, type FormPart } from './campaign-form.ts';

const useStyles = makeStyles({
  drop: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 16px',
    padding: '20px',
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: '6px',
  },
  over: { backgroundColor: tokens.colorBrandBackground2 },
  hidden: { display: 'none' },
  text: { flexGrow: 1, minWidth: '200px' },
  name: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  quiet: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  wrong: { color: tokens.colorStatusDangerForeground1, fontSize: tokens.fontSizeBase200 },
});

/** A file of subscriptions, dropped or chosen, and how it is read. */
export function FileFields({ form, path, change, wrong }: FormPart) {
  const { say } = useText();
  const styles = useStyles();
  const [over, setOver] = useState(false);
  const { file } = form;
  const missing = file === null && wrong('file', false) !== undefined;
  const take = async (chosen: File | undefined) => {
    if (chosen) change({ file: { name: chosen.name, bytes: await bytesOf(chosen) } });
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <div
        className={mergeClasses(styles.drop, over && styles.over)}
        data-drop
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <span className={styles.text}>
          {file ? <span className={styles.name}>{file.name}</span> : say('bulk.dropCsv')}
          <span className={styles.quiet}>{say('bulk.csvHint')}</span>
        </span>
        <FileButton take={(chosen) => void take(chosen)} isMissing={missing} />
      </div>
      {missing && (
        <span role="alert" className={styles.wrong}>
          {say('bulk.fileNeeded')}
        </span>
      )}
      {file && <Reading bytes={file.bytes} to={path.to} />}
    </>
  );
}

function FileButton({ take, isMissing }: { take: (file: File | undefined) => void; isMissing: boolean }) {
  const { say } = useText();
  const styles = useStyles();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        className={styles.hidden}
        type="file"
        accept=".csv,.tsv,.txt,.zip"
        aria-label={say('cat.importChoose')}
        onChange={(event) => {
          take(event.target.files?.[0]);
          // The same file, corrected, can be chosen again.
          event.target.value = '';
        }}
      />
      <Button
        icon={<DocumentArrowUpRegular />}
        aria-invalid={isMissing || undefined}
        onClick={() => picker.current?.click()}
      >
        {say('cat.importChoose')}
      </Button>
    </>
  );
}

function Reading({ bytes, to }: { bytes: string; to: string }) {
  const howRead = useHowRead();
  const read = useAnswer(
    'readCampaignFile',
    { query: to === '' ? {} : { targetOfferId: to }, body: useMemo(() => blobOf(bytes), [bytes]) },
    { keep: true, bodyAs: bytes },
  );
  if (read.error) return <ProblemBar error={read.error} />;
  if (!read.data) return null;
  return (
    <>
      <div role="status">{howRead(read.data)}</div>
      <BadRows badRows={read.data.badRows} />
    </>
  );
}
