import { Button, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components';
import { DocumentArrowUpRegular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { ImportOnWire } from '../../contract/recorded-subscriptions.ts';
import { useAct } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useMay } from '../frame/useSession.ts';
import { paths } from '../paths.ts';
import { useText } from '../text.ts';
import { ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Spoken } from '../ui/Spoken.tsx';
import { useImportColumns } from './useImportColumns.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '12px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  wide: { width: '100%' },
  hidden: { display: 'none' },
});

/** A file of subscriptions that were bought elsewhere: shown line by line, then recorded as a whole. */
export function ImportPage() {
  const { say } = useText();
  const styles = useStyles();
  const columns = useImportColumns();
  const [file, setFile] = useState<{ name: string; text: string }>();
  const preview = useAct('previewRecordedImport');
  const apply = useAct('importRecordedSubscriptions');
  const read = async (chosen: File) => {
    const text = await chosen.text();
    setFile({ name: chosen.name, text });
    apply.reset();
    preview.mutate({ body: text });
  };
  const shown = preview.data;
  const writes = shown ? shown.counts.new + shown.counts.changed : 0;
  const error = apply.error ?? preview.error;
  return (
    <>
      <PageHead
        crumbs={{
          label: say('app.breadcrumb'),
          way: [{ text: say('customers.title'), to: paths.customers }],
          here: say('recordImport.title'),
        }}
        title={say('recordImport.title')}
      />
      <Panel padded className={styles.content}>
        <span>{say('recordImport.lead')}</span>
        <span className={styles.quiet}>{say('recordImport.columns')}</span>
        <FilePicker
          name={file?.name}
          isFirst={!shown}
          isBusy={preview.isPending}
          read={(chosen) => void read(chosen)}
        />
        {error && <ProblemBar error={error} />}
        {shown && !preview.error && <HowRead shown={shown} />}
        {apply.isSuccess && (
          <MessageBar intent="success" politeness="polite">
            <MessageBarBody>{say('recordImport.applied', apply.data.counts)}</MessageBarBody>
          </MessageBar>
        )}
        {shown && file && !apply.isSuccess && writes > 0 && (
          <Button
            appearance="primary"
            disabledFocusable={apply.isPending || shown.counts.inDoubt > 0}
            onClick={() => shown.counts.inDoubt === 0 && apply.mutate({ body: file.text })}
          >
            {say('recordImport.apply', { n: writes })}
          </Button>
        )}
      </Panel>
      {shown && !preview.error && (
        <Panel>
          <ListTable
            label={say('recordImport.title')}
            columns={columns}
            rows={shown.rows}
            idOf={(row) => String(row.line)}
            nameOf={(row) => row.customerName ?? row.customer}
          />
        </Panel>
      )}
    </>
  );
}

type PickerProps = {
  readonly name: string | undefined;
  readonly isFirst: boolean;
  readonly isBusy: boolean;
  readonly read: (file: File) => void;
};

function FilePicker({ name, isFirst, isBusy, read }: PickerProps) {
  const { say } = useText();
  const styles = useStyles();
  const mayRecord = useMay('recordSubscriptions');
  const picker = useRef<HTMLInputElement>(null);
  const choose = (file: File | undefined) => {
    if (file) read(file);
    // The same file, corrected, can be chosen again.
    if (picker.current) picker.current.value = '';
  };
  return (
    <div className={styles.row}>
      <input
        ref={picker}
        className={styles.hidden}
        type="file"
        accept=".csv,text/csv"
        aria-label={say('recordImport.choose')}
        onChange={(event) => choose(event.target.files?.[0])}
      />
      <Button
        appearance={isFirst ? 'primary' : 'secondary'}
        icon={<DocumentArrowUpRegular />}
        disabledFocusable={!mayRecord || isBusy}
        onClick={() => mayRecord && picker.current?.click()}
      >
        {say('recordImport.choose')}
      </Button>
      {name}
      {!mayRecord && <Spoken>{say('record.noRole')}</Spoken>}
    </div>
  );
}

function HowRead({ shown: { read, counts } }: { shown: ImportOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <div className={styles.wide} role="status">
      <div>{say('recordImport.counts', counts)}</div>
      <div className={styles.quiet}>
        {say(read.separator === ';' ? 'recordImport.readSemicolon' : 'recordImport.readComma', { n: read.rows })}{' '}
        {read.ignoredColumns.length > 0 && say('recordImport.ignored', { names: read.ignoredColumns.join(', ') })}
      </div>
      {counts.inDoubt > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say('recordImport.doubts', { n: counts.inDoubt })}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
