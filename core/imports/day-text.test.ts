import { describe, expect, it } from 'vitest';
import { orderOf, readDay } from './day-text.ts';

const MONTH_FIRST = { 'month-first': 5, 'day-first': 0 };
const DAY_FIRST = { 'month-first': 0, 'day-first': 5 };
const BOTH = { 'month-first': 1, 'day-first': 5 };
const NEITHER = { 'month-first': 0, 'day-first': 0 };

describe('a day of a file', () => {
  it.each([
    ['2022-03-01T00:00:00Z', NEITHER, '2022-03-01'],
    ['9999-11-30T23:59:59Z', NEITHER, '9999-11-30'],
    ['01.02.2026', MONTH_FIRST, '2026-02-01'],
    ['2/1/2023 0:00', MONTH_FIRST, '2023-02-01'],
    ['2/1/2023 0:00', DAY_FIRST, '2023-01-02'],
    ['3/3/2023', NEITHER, '2023-03-03'],
    ['2/1/2023', NEITHER, { doubt: 'unclear-day' }],
    ['2/1/2023', BOTH, { doubt: 'unclear-day' }],
    ['30/2/2023', DAY_FIRST, { doubt: 'not-a-day' }],
    ['2023-02-30', NEITHER, { doubt: 'not-a-day' }],
    ['soon', NEITHER, { doubt: 'not-a-day' }],
  ] as const)('%s is read by what the rest of the file tells', (text, counts, read) => {
    expect(readDay(text, counts)).toEqual(read);
  });

  it('tells the order of all where it can be only one', () => {
    expect(['11/30/9999 23:59', '30/11/2026', '2/1/2023', '2023-11-30'].map(orderOf)).toEqual([
      'month-first',
      'day-first',
      null,
      null,
    ]);
  });
});
