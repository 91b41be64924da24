import type { QuoteOnWire } from '../../contract/upgrades.ts';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { MoneyLine } from '../ui/MoneyLine.tsx';

/** What it costs the partner, what its customer pays, and the tax on that, in a line each. Nothing where no margin and no tax is set. */
export function SoldLines({ sold, rates }: Pick<QuoteOnWire, 'sold' | 'rates'>) {
  const { say } = useText();
  const format = useFormat();
  const { marginBasisPoints, vatBasisPoints } = rates;
  if (marginBasisPoints === 0 && vatBasisPoints === 0) return null;
  return (
    <>
      <MoneyLine label={say('sold.cost')} amount={format.money(sold.cost)} />
      <MoneyLine
        label={say('sold.sell')}
        amount={format.money(sold.sell)}
        hint={say('sold.margin', { rate: format.percent(marginBasisPoints) })}
      />
      <MoneyLine
        label={say('sold.tax')}
        amount={format.money(sold.tax)}
        hint={say('sold.gross', { rate: format.percent(vatBasisPoints), amount: format.money(sold.gross) })}
      />
    </>
  );
}
