import { Button, makeStyles, Toast, ToastTitle, Tooltip, useToastController } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { toCsv } from '../../contract/csv.ts';
import { saveAs } from '../api/download.ts';
import { useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import type { ColumnChoice } from '../ui/useColumnChoice.ts';
import { TOASTER } from './toaster.ts';
import { useToday } from './useSession.ts';

const useStyles = makeStyles({ tools: { display: 'inline-flex', flexShrink: 0 } });

type Props<Row extends object> = {
  /** The name of the file, without day and ending. */
  readonly name: string;
  readonly choice: ColumnChoice<Row>;
  /** All of them. */
  readonly rows: readonly Row[];
};

/** What there is to do with a list that came as a whole: which columns it shows, and the same as a file. */
export function ListTools<Row extends object>({ name, choice, rows }: Props<Row>) {
  const { say, language } = useText();
  const styles = useStyles();
  const today = useToday();
  const { dispatchToast } = useToastController(TOASTER);
  const save = () => {
    const columns = choice.shown.flatMap(({ file = {} }) => Object.entries(file));
    const heads = columns.map(([head]) => head);
    const text = toCsv(
      language,
      heads,
      rows.map((row) => columns.map(([, cell]) => cell(row))),
    );
    const file = `${name}-${today}.csv`;
    saveAs(file, new Blob([text], { type: 'text/csv' }));
    dispatchToast(
      <Toast>
        <ToastTitle>{say('toast.exported', { file })}</ToastTitle>
      </Toast>,
      { intent: 'success' },
    );
  };
  return (
    <span className={styles.tools}>
      <ColumnMenu label={say('common.columns')} choice={choice} />
      <Tooltip content={say('common.exportCsv')} relationship="label">
        <Button
          appearance="subtle"
          icon={<ArrowDownload20Regular />}
          disabledFocusable={!today || rows.length === 0}
          onClick={save}
        />
      </Tooltip>
    </span>
  );
}
