import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components';
import type { CampaignOnWire } from '../../contract/campaigns.ts';
import { type TextKey, useText } from '../text.ts';

const SEPARATOR_TEXT: Readonly<Record<Reading['separator'], TextKey>> = {
  ',': 'cat.comma',
  ';': 'cat.semicolon',
  '\t': 'cat.tab',
};

type File = Extract<CampaignOnWire['chosen'], { by: 'file' }>;
export type Reading = Omit<File, 'by'>;

const useStyles = makeStyles({
  list: {
    margin: '4px 0 0',
    paddingLeft: '18px',
    maxHeight: '168px',
    overflowY: 'auto',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

/** How a file was read, as one sentence. */
export function useHowRead(): (reading: Reading) => string {
  const { say } = useText();
  return ({ separator, encoding, zippedAs, rows, restoredIds, ignoredColumns }) =>
    [
      say(zippedAs === null ? 'bulk.readAs' : 'bulk.readAsZip', {
        separator: say(SEPARATOR_TEXT[separator]),
        encoding: encoding.toUpperCase(),
        n: rows,
      }),
      restoredIds > 0 && say('cat.importPadded', { n: restoredIds }),
      ignoredColumns.length > 0 && say('recordImport.ignored', { names: ignoredColumns.join(', ') }),
    ]
      .filter(Boolean)
      .join(' ');
}

/** The rows of a file that were not understood: number, column, problem. */
export function BadRows({ badRows }: Pick<Reading, 'badRows'>) {
  const { say } = useText();
  const styles = useStyles();
  if (badRows.length === 0) return null;
  const title = say('bulk.badRows', { n: badRows.length });
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        <ul className={styles.list} tabIndex={0} aria-label={title}>
          {badRows.map(({ line, column, text, problem }, index) => (
            <li key={`${line}${column}${index}`}>
              {column === ''
                ? say('bulk.csvLineBad', { row: line, problem })
                : say('bulk.csvRowBad', { row: line, column, problem })}
              {text && ` (${text})`}
            </li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
