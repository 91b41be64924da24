import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { ImportVersionOnWire, PriceImportOnWire } from '../../contract/imports.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { AskDialog } from '../frame/AskDialog.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Section } from '../ui/Section.tsx';
import { ImportDrop } from './ImportDrop.tsx';
import { useScopeText } from './scope-text.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  open: { display: 'flex', flexWrap: 'wrap', gap: '8px', margin: 0, padding: 0, listStyleType: 'none' },
  quiet: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
});

/** The way in for files, those that wait to be applied, and the versions that were. */
export function ImportSection({ open }: { readonly open: (importId: string) => void }) {
  const { say } = useText();
  const styles = useStyles();
  const imports = useAnswer('listImports', {});
  const versions = useAnswer('listImportVersions', {}).data?.items ?? [];
  const waiting = (imports.data?.items ?? []).filter(({ state, use }) => state === 'checked' && use === 'list');
  return (
    <>
      <Panel padded>
        <Section title={say('cat.importTitle')}>
          <div className={styles.content}>
            <ImportDrop done={open} title={say('cat.importTitle')} hint={say('cat.importDrop')} />
            {waiting.length > 0 && <Waiting waiting={waiting} open={open} />}
          </div>
        </Section>
      </Panel>
      {versions.length > 0 && <Versions versions={versions} open={open} />}
    </>
  );
}

type WaitingProps = { readonly waiting: readonly PriceImportOnWire[]; readonly open: (importId: string) => void };

function Waiting({ waiting, open }: WaitingProps) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  return (
    <ul className={styles.open} aria-label={say('cat.importWaiting')}>
      {waiting.map(({ importId, fileName, createdAt }) => (
        <li key={importId}>
          <Button size="small" onClick={() => open(importId)}>
            {say('cat.importOpen', { name: fileName, date: format.dayAndTime(createdAt) })}
          </Button>
        </li>
      ))}
    </ul>
  );
}

type VersionsProps = { readonly versions: readonly ImportVersionOnWire[]; readonly open: (importId: string) => void };

function Versions({ versions, open }: VersionsProps) {
  const { say } = useText();
  const scopeText = useScopeText();
  const [asked, setAsked] = useState<ImportVersionOnWire>();
  const act = useAct('restoreImportVersion');
  const close = () => {
    setAsked(undefined);
    act.reset();
  };
  const columns = useVersionColumns({ open, restore: setAsked });
  return (
    <>
      <Panel>
        <ListTable
          label={say('cat.versions')}
          columns={columns}
          rows={versions}
          idOf={({ subject, scope, version }) => [subject, scope, version].join(' ')}
          nameOf={({ subject, scope }) => scopeText(subject, scope)}
        />
      </Panel>
      {asked && (
        <AskDialog
          title={say('cat.restoreTitle', { version: asked.version })}
          subject={scopeText(asked.subject, asked.scope)}
          body={say('cat.restoreBody')}
          submit={say('cat.restore')}
          act={act}
          close={close}
          perform={() => {
            const { subject, scope, version } = asked;
            act.mutate({ body: { subject, scope, version } }, { onSuccess: close });
          }}
        />
      )}
    </>
  );
}

type ColumnActs = {
  readonly open: (importId: string) => void;
  readonly restore: (version: ImportVersionOnWire) => void;
};

function useVersionColumns({ open, restore }: ColumnActs): readonly Column<ImportVersionOnWire>[] {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const scopeText = useScopeText();
  const mayImport = useMay('importPrices');
  const named = ({ fileName, version }: ImportVersionOnWire) =>
    version === 0 ? say('cat.versionBefore') : (fileName ?? say('cat.versionBefore'));
  return [
    {
      id: 'version',
      header: say('cat.colVersion'),
      cell: ({ row: { original } }) => (
        <>
          {say('cat.versionOf', { scope: scopeText(original.subject, original.scope), version: original.version })}
          <span className={styles.quiet}>{named(original)}</span>
          {original.restoredFrom !== null && (
            <span className={styles.quiet}>{say('cat.restoredFrom', { version: original.restoredFrom })}</span>
          )}
        </>
      ),
    },
    {
      id: 'when',
      header: say('cat.colApplied'),
      meta: { width: '26%' },
      cell: ({ row: { original } }) => (
        <>
          {format.dayAndTime(original.appliedAt)}
          <span className={styles.quiet}>{original.appliedBy}</span>
        </>
      ),
    },
    {
      id: 'from',
      header: say('cat.importFrom'),
      meta: { width: '16%' },
      cell: ({ row: { original } }) => format.day(original.effectiveOn),
    },
    {
      id: 'acts',
      header: say('cat.colActs'),
      meta: { width: '22%' },
      cell: ({ row: { original } }) => (
        <>
          {original.inForce && say('cat.inForce')}{' '}
          {!original.inForce && mayImport && (
            <Button size="small" onClick={() => restore(original)}>
              {say('cat.restore')}
            </Button>
          )}{' '}
          {original.importId && (
            <Button size="small" appearance="subtle" onClick={() => open(original.importId ?? '')}>
              {say('cat.showChanges')}
            </Button>
          )}
        </>
      ),
    },
  ];
}
