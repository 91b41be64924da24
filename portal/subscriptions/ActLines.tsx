import type { Value } from '../api/query.ts';
import { SoldLines } from '../frame/SoldLines.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { MoneyLine } from '../ui/MoneyLine.tsx';

type Preview = Value<'previewSeats'>;
type Line = Omit<Preview['lines'][number], 'sold'>;
type Props = {
  readonly lines: readonly Line[];
  readonly net: Preview['net'];
  readonly dueLines?: readonly Line[];
  /** For how much it is sold on; absent: it is not. */
  readonly sold?: Pick<Preview, 'sold' | 'rates'>;
};

/** What an act puts on the bill, line by line and in all; besides, what is owed with or without it. */
export function ActLines({ lines, dueLines = [], net, sold }: Props) {
  const { say } = useText();
  const format = useFormat();
  const due = dueLines.map(
    (line) => `${format.money(line.amount)} (${format.dayRange(line.periodStart, line.periodEnd)})`,
  );
  return (
    <div>
      {lines.map((line, index) => (
        <MoneyLine
          key={index}
          label={say(line.amount.amount.startsWith('-') ? 'billing.creditLine' : 'billing.chargeLine')}
          amount={format.money(line.amount)}
          hint={`${format.dayRange(line.periodStart, line.periodEnd)} · ${format.number(line.quantity)} × ${format.money({ amount: line.unitPrice, currency: net.currency })}`}
        />
      ))}
      <MoneyLine label={say('wizard.net')} amount={format.money(net)} size="large" hint={say('wizard.exVat')} />
      {sold && <SoldLines {...sold} />}
      {due.length > 0 && <p>{say('act.dueLines', { amounts: due.join(', ') })}</p>}
    </div>
  );
}
