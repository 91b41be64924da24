import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { AuditEntryOnWire } from '../../contract/audit.ts';
import { type TextKey, useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';
import { Section } from '../ui/Section.tsx';
import { SidePanel } from '../ui/SidePanel.tsx';
import type { AuditAddress } from './AuditToolbar.tsx';
import { Outcome } from './useAuditColumns.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', rowGap: '20px', paddingBottom: '16px' },
  id: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed', fontSize: tokens.fontSizeBase200 },
  head: {
    padding: '4px 8px 4px 0',
    textAlign: 'start',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  cell: {
    padding: '6px 8px 6px 0',
    verticalAlign: 'top',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    overflowWrap: 'anywhere',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  before: { color: tokens.colorStatusDangerForeground1 },
  after: { color: tokens.colorStatusSuccessForeground1 },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

const VIA_TEXT: Readonly<Record<'session' | 'server', TextKey>> = {
  session: 'audit.viaSession',
  server: 'audit.server',
};

/** One entry with all that is known of it, and what was before and after. */
export function AuditEntryPanel({ entry, address }: { entry: AuditEntryOnWire; address: AuditAddress }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const { customer, correlationId } = entry;
  const close = () => address.set({ entry: undefined });
  const narrow = (to: { customer?: string; correlation?: string }) =>
    address.set({ customer: undefined, correlation: undefined, ...to, entry: undefined });
  return (
    <SidePanel
      open
      close={close}
      closeText={say('common.close')}
      title={`${entry.actor?.name ?? say('audit.server')} ${entry.actionText}`}
      hint={format.dayAndTime(entry.at)}
    >
      <div className={styles.content}>
        <Facts entry={entry} />
        <Section title={say('audit.changes')}>
          {entry.changes.length > 0 ? <Changes entry={entry} /> : <span>{say('audit.noChanges')}</span>}
        </Section>
        <div className={styles.acts}>
          <Button size="small" onClick={() => narrow({ correlation: correlationId })}>
            {say('audit.same')}
          </Button>
          {customer && (
            <Button size="small" onClick={() => narrow({ customer: customer.id })}>
              {say('audit.ofCustomer')}
            </Button>
          )}
        </div>
      </div>
    </SidePanel>
  );
}

function Facts({ entry }: { entry: AuditEntryOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const through = entry.client
    ? say('audit.api', { client: entry.client.name })
    : entry.via === 'session' || entry.via === 'server'
      ? say(VIA_TEXT[entry.via])
      : '–';
  const id = (text: string) => <span className={styles.id}>{text}</span>;
  const facts = [
    { key: say('audit.colOutcome'), value: <Outcome entry={entry} /> },
    ...(entry.reasonText === null ? [] : [{ key: say('audit.reason'), value: entry.reasonText }]),
    { key: say('audit.onBehalf'), value: entry.customer?.name ?? say('audit.ownAct') },
    {
      key: say('audit.colTarget'),
      value: (
        <>
          {entry.subject.name && `${entry.subject.name} `}
          {id(entry.subject.id)}
        </>
      ),
    },
    { key: say('audit.through'), value: through },
    { key: say('audit.colIp'), value: id(entry.address ?? '–') },
    { key: say('audit.correlation'), value: id(entry.correlationId) },
    { key: say('audit.entry'), value: id(entry.auditId) },
    {
      key: say('audit.seal'),
      value: entry.sealNumber === null ? say('audit.sealWaiting') : format.number(entry.sealNumber),
    },
  ];
  return <FactsList facts={facts} />;
}

function Changes({ entry: { changes } }: { entry: AuditEntryOnWire }) {
  const { say } = useText();
  const styles = useStyles();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {(['audit.field', 'audit.before', 'audit.after'] as const).map((key) => (
            <th key={key} scope="col" className={styles.head}>
              {say(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, label, before, after }) => (
          <tr key={field}>
            <th scope="row" className={styles.cell}>
              {label}
            </th>
            <td className={styles.cell}>{before === null ? '–' : <del className={styles.before}>{before}</del>}</td>
            <td className={styles.cell}>{after === null ? '–' : <ins className={styles.after}>{after}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
