import { makeStyles, tokens } from '@fluentui/react-components';
import type { PriceImportOnWire } from '../../contract/imports.ts';
import { useAnswer } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { Imported } from '../catalogue/Imported.tsx';
import { ImportDrop } from '../catalogue/ImportDrop.tsx';
import { paths } from '../paths.ts';
import { type TextKey, useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { useAddress } from '../ui/useAddress.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  kinds: { margin: 0, paddingLeft: '20px' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
});

/** The way in for a partner's own world, and what was brought; or one file. */
export function ImportsPage() {
  const { say } = useText();
  const address = useAddress<'import'>();
  const importId = address.get('import');
  const open = (opened: string) => address.set({ import: opened });
  return (
    <>
      <PageHead
        crumbs={{
          label: say('app.breadcrumb'),
          way: [{ text: say('customers.title'), to: paths.customers }],
          here: say('imp.title'),
        }}
        title={say('imp.title')}
      />
      {importId ? (
        <Imported importId={importId} leave={() => address.set({ import: undefined })} back={say('imp.back')} />
      ) : (
        <Files open={open} />
      )}
    </>
  );
}

const KINDS = [
  'imp.kindCustomers',
  'imp.kindSubscriptions',
  'imp.kindUsers',
  'imp.kindBills',
  'imp.kindPlans',
] as const;
const TEXTS = { loading: 'cat.loadingRows', error: 'cat.errorRows', noPermission: 'cat.noPermTitle' } as const;

function Files({ open }: { readonly open: (importId: string) => void }) {
  const { say } = useText();
  const styles = useStyles();
  const columns = useFileColumns();
  const imports = useAnswer('listImports', {});
  return (
    <>
      <Panel padded>
        <Section title={say('imp.sendTitle')}>
          <div className={styles.content}>
            <span>{say('imp.lead')}</span>
            <ul className={styles.kinds}>
              {KINDS.map((kind) => (
                <li key={kind}>{say(kind)}</li>
              ))}
            </ul>
            <ImportDrop done={open} title={say('imp.sendTitle')} hint={say('imp.drop')} />
          </div>
        </Section>
      </Panel>
      <Answered query={imports} texts={TEXTS}>
        {({ items }) => {
          const rows = items.filter(({ use }) => use === 'records' || use === 'compared');
          if (rows.length === 0) return null;
          return (
            <Panel>
              <ListTable
                label={say('imp.files')}
                columns={columns}
                rows={rows}
                idOf={({ importId }) => importId}
                nameOf={({ fileName }) => fileName}
                open={({ importId }) => open(importId)}
              />
            </Panel>
          );
        }}
      </Answered>
    </>
  );
}

const STATE_TEXT = {
  reading: 'imp.stateReading',
  checked: 'imp.stateChecked',
  applying: 'imp.stateApplying',
  applied: 'imp.stateApplied',
} as const satisfies Record<PriceImportOnWire['state'], TextKey>;

function useFileColumns(): readonly Column<PriceImportOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return [
    {
      id: 'file',
      header: say('cat.importKind'),
      cell: ({ row: { original } }) => (
        <>
          {original.kindName}
          <span className={styles.quiet}>{original.fileName}</span>
        </>
      ),
    },
    {
      id: 'when',
      header: say('imp.colSent'),
      meta: { width: '26%' },
      cell: ({ row: { original } }) => (
        <>
          {format.dayAndTime(original.createdAt)}
          <span className={styles.quiet}>{original.createdBy}</span>
        </>
      ),
    },
    {
      id: 'state',
      header: say('imp.colState'),
      meta: { width: '30%' },
      cell: ({ row: { original } }) => (
        <>
          {say(original.use === 'compared' ? 'imp.stateCompared' : STATE_TEXT[original.state])}
          {original.counts && (
            <span className={styles.quiet}>
              {say(original.use === 'compared' ? 'imp.countsCompared' : 'imp.counts', {
                changes: original.changes ?? 0,
                doubts: original.counts['in-doubt'],
              })}
            </span>
          )}
        </>
      ),
    },
  ];
}
