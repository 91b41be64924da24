import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { ClipboardTextLtrRegular } from '@fluentui/react-icons';
import type { AuditEntryOnWire } from '../../contract/audit.ts';
import { usePages } from '../api/query.ts';
import { Answered } from '../frame/Answered.tsx';
import { NothingFound } from '../frame/NothingFound.tsx';
import { useMay, useToday } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { ColumnMenu } from '../ui/ColumnMenu.tsx';
import { useFormat } from '../ui/format.ts';
import { type Column, ListTable } from '../ui/ListTable.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { Panel } from '../ui/Panel.tsx';
import { useAddress } from '../ui/useAddress.ts';
import { useColumnChoice } from '../ui/useColumnChoice.ts';
import { AuditEntryPanel } from './AuditEntryPanel.tsx';
import { type AuditAddress, AuditToolbar } from './AuditToolbar.tsx';
import { type AuditKey, callForAudit, filtersOf } from './call-for-audit.ts';
import { ChainFacts } from './ChainFacts.tsx';
import { ExportButton } from './ExportButton.tsx';
import { useAuditColumns } from './useAuditColumns.tsx';
import { ListFoot } from '../frame/ListFoot.tsx';

const useStyles = makeStyles({ old: { opacity: 0.6 } });

const FILTERS = ['q', 'who', 'what', 'outcome', 'customer', 'correlation'] as const;

function Nothing({ clear }: { readonly clear: (() => void) | undefined }) {
  const { say } = useText();
  return (
    <NothingFound
      clear={clear}
      noMatch={say('audit.noMatchBody')}
      icon={<ClipboardTextLtrRegular />}
      title={say('audit.emptyTitle')}
      body={say('audit.emptyBody')}
    />
  );
}

type EntriesProps = {
  readonly address: AuditAddress;
  readonly today: string;
  readonly columns: readonly Column<AuditEntryOnWire>[];
};

function Entries({ address, today, columns }: EntriesProps) {
  const { say } = useText();
  const styles = useStyles();
  const format = useFormat();
  const pages = usePages('listAudit', callForAudit(filtersOf(address.get, today)));
  const filtered = FILTERS.some((key) => address.get(key) !== undefined);
  const clear = () => address.set(Object.fromEntries(FILTERS.map((key) => [key, undefined])));
  // In the reader's own days, as the times are.
  const dayOf = (moment: string) => new Date(moment).toLocaleDateString('sv-SE');
  const group = (moment: string) => {
    const day = dayOf(moment);
    const words = format.day(day);
    if (day === today) return `${say('common.today')}, ${words}`;
    return words;
  };
  return (
    <Panel className={mergeClasses(pages.isPlaceholderData && styles.old)}>
      <Answered query={pages} texts={TEXTS}>
        {({ pages: loaded }) => {
          const rows = loaded.flatMap((page) => page.items);
          if (rows.length === 0) return <Nothing clear={filtered ? clear : undefined} />;
          const open = rows.find((row) => row.auditId === address.get('entry'));
          return (
            <>
              <ListTable
                label={say('audit.title')}
                columns={columns}
                rows={rows}
                idOf={(row) => row.auditId}
                nameOf={(row) => row.actionText}
                groupOf={(row) => group(row.at)}
                open={(row) => address.set({ entry: row.auditId })}
              />
              <ListFoot rows={rows.length} pages={pages} />
              {open && <AuditEntryPanel entry={open} address={address} />}
            </>
          );
        }}
      </Answered>
    </Panel>
  );
}

/** Who did what, from where and with what outcome; and whether the log is as it was written. */
export function AuditPage() {
  const { say } = useText();
  const address = useAddress<AuditKey>();
  const today = useToday();
  const mayView = useMay('viewAudit');
  const choice = useColumnChoice('audit', useAuditColumns());
  return (
    <>
      <PageHead
        title={say('audit.title')}
        facts={<ChainFacts />}
        action={
          today &&
          mayView && (
            <>
              <ColumnMenu label={say('common.columns')} choice={choice} />
              <ExportButton filters={filtersOf(address.get, today)} />
            </>
          )
        }
      />
      {mayView && <AuditToolbar address={address} />}
      {today ? (
        <Entries address={address} today={today} columns={choice.shown} />
      ) : (
        <Loading label={say('audit.loading')} slow={say('state.slow')} />
      )}
    </>
  );
}

const TEXTS = { loading: 'audit.loading', error: 'audit.errorTitle', noPermission: 'audit.noPermTitle' } as const;
