import { Field, makeStyles, Select } from '@fluentui/react-components';
import type { PriceImportOnWire } from '../../contract/imports.ts';
import { useAct, useAnswer } from '../api/query.ts';
import { ProblemBar } from '../frame/ProblemBar.tsx';
import { useMay } from '../frame/useSession.ts';
import { useText } from '../text.ts';
import { FactsList } from '../ui/FactsList.tsx';
import { useFormat } from '../ui/format.ts';

const useStyles = makeStyles({ select: { alignSelf: 'flex-start', maxWidth: '100%' } });

/** What a reconciliation file adds up to beside our invoice of a month, and the choice of the month. */
export function BilledComparison({ shown }: { readonly shown: PriceImportOnWire }) {
  const { say } = useText();
  const format = useFormat();
  const styles = useStyles();
  const mayImport = useMay('importPrices');
  const act = useAct('checkImport');
  const invoices = useAnswer('listInvoices', {}).data?.items ?? [];
  const { totals, effectiveOn, importId, kind } = shown;
  if (!totals || !effectiveOn) return null;
  const platform = kind === 'legacyReconciliation' ? 'legacy' : 'newCommerce';
  const months = invoices.filter((one) => one.platform === platform).map(({ periodStart }) => periodStart);
  const chosen = `${effectiveOn.slice(0, 7)}-01`;
  const all = [...new Set([chosen, ...months])].toSorted().toReversed();
  const facts = [
    { key: say('imp.totalFile'), value: format.money(totals.file) },
    { key: say('imp.totalOurs', { n: totals.lines }), value: format.money(totals.ours) },
    { key: say('imp.totalDifference'), value: format.money(totals.difference) },
  ];
  return (
    <>
      <Field label={say('imp.month')} className={styles.select}>
        <Select
          value={chosen}
          disabled={!mayImport || act.isPending}
          onChange={(_event, { value }) => act.mutate({ params: { importId }, body: { effectiveOn: value } })}
        >
          {all.map((month) => (
            <option key={month} value={month}>
              {format.month(month)}
            </option>
          ))}
        </Select>
      </Field>
      {act.error && <ProblemBar error={act.error} />}
      <FactsList facts={facts} />
    </>
  );
}
