import { useState } from 'react';
import type { BillingSettingsOnWire } from '../../contract/billing-settings.ts';
import { problemOf } from '../api/client.ts';
import { useAct } from '../api/query.ts';
import { useFirstWrong } from '../frame/FormDialog.tsx';
import { useEcho } from '../frame/useEcho.tsx';
import { useText } from '../text.ts';
import { useFormat } from '../ui/format.ts';
import { readPercent, typePercent } from '../ui/percent.ts';
import { useKept } from '../ui/useKept.ts';

const MOST = 10_000;

/** The tax of a market as it is typed. */
export type Rate = { readonly id: number; readonly market: string; readonly percent: string };
export type BillingForm = ReturnType<typeof useBillingForm>;

/** How the bill is rounded and what tax each market has, as they stand in the form. */
export function useBillingForm(settings: BillingSettingsOnWire) {
  const { say, language } = useText();
  const format = useFormat();
  const echo = useEcho();
  const act = useAct('changeBillingSettings');
  const [rounding, setRounding] = useKept('rounding', {
    legacyRounding: settings.legacyRounding,
    newCommerceRounding: settings.newCommerceRounding,
  });
  const [rates, setRates] = useKept<readonly Rate[]>('rates', () =>
    settings.vatRates.map(({ market, basisPoints }, id) => ({
      id,
      market,
      percent: typePercent(basisPoints, language),
    })),
  );
  const [tries, setTries] = useState(false);
  const { form, tried } = useFirstWrong(act.error);
  const fields = problemOf(act.error)?.fields ?? [];
  const range = { least: format.percent(0), most: format.percent(MOST) };
  const marketWrong = ({ id, market }: Rate) => {
    if (market === '') return say('settings.vatChoose');
    return rates.some((other) => other.id < id && other.market === market) ? say('settings.vatTwice') : undefined;
  };
  const percentWrong = ({ percent }: Rate) => {
    const read = readPercent(percent);
    return read === null || read < 0 || read > MOST ? say('percent.wrong', range) : undefined;
  };
  const isWrong = rates.some((rate) => marketWrong(rate) || percentWrong(rate));
  const save = () => {
    setTries(true);
    tried();
    if (isWrong || act.isPending) return;
    const vatRates = rates.map(({ market, percent }) => ({ market, basisPoints: readPercent(percent) ?? 0 }));
    act.mutate({ body: { ...rounding, vatRates } }, { onSuccess: () => echo(say('settings.saved')) });
  };
  const said = (index: number, field: string) =>
    fields.find((one) => one.field === `vatRates.${index}.${field}`)?.message;
  return {
    form,
    rounding,
    round: (changes: Partial<typeof rounding>) => setRounding((now) => ({ ...now, ...changes })),
    rates,
    addRate: () => setRates((now) => [...now, { id: (now.at(-1)?.id ?? -1) + 1, market: '', percent: '' }]),
    changeRate: (id: number, changes: Partial<Rate>) =>
      setRates((now) => now.map((rate) => (rate.id === id ? { ...rate, ...changes } : rate))),
    removeRate: (id: number) => setRates((now) => now.filter((rate) => rate.id !== id)),
    /** What is wrong with the fields of a rate, once it was tried. */
    wrong: (rate: Rate, index: number) => ({
      market: tries ? (marketWrong(rate) ?? said(index, 'market')) : undefined,
      percent: tries ? (percentWrong(rate) ?? said(index, 'basisPoints')) : undefined,
    }),
    error: fields.length > 0 ? null : act.error,
    isPending: act.isPending,
    save,
  };
}
