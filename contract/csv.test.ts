import { expect, it } from 'vitest';
import { toCsvRows } from './csv.ts';

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '＋1', '－1', '＠SUM(A1)'])(
  'a cell that begins like a formula is written as text: %j',
  (cell) => {
    expect(
      toCsvRows('en', [[cell]])
        .replace(/^"/, '')
        .startsWith(`'${cell}`),
    ).toBe(true);
  },
);
