import { axisX, axisY, barX, barY, dot, gridY, plot, text } from '@observablehq/plot';
import type { OpportunityOnWire } from '../../contract/reports.ts';
import type { Format } from '../ui/format.ts';
import type { Drawn } from './Chart.tsx';
import { NEAR_DAYS, type Row, type Series, SERIES_COLORS } from './series.ts';

const GRID = 'var(--chartGrid)';
const TEXT = 'var(--colorNeutralForeground2)';
const FONT_SIZE = 11;

/** Columns of stacked series, by month. */
export function drawColumns(
  width: number,
  {
    months,
    series,
    monthName,
    format,
  }: {
    readonly months: readonly string[];
    readonly series: readonly Series[];
    readonly monthName: (month: string) => string;
    readonly format: Format;
  },
): Drawn {
  const data = series.flatMap(({ name, counts }) =>
    counts.flatMap((count, index) => (count > 0 ? [{ name, month: months[index] ?? '', count }] : [])),
  );
  const totals = months.map((month, index) => ({
    month,
    total: series.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0),
  }));
  const most = Math.max(...totals.map(({ total }) => total));
  const narrow = width < 30 * months.length;
  const svg = plot({
    width,
    height: 240,
    marginLeft: 36,
    marginRight: 4,
    marginTop: 22,
    x: { type: 'band', domain: [...months], padding: 0.3 },
    y: { domain: [0, Math.max(1, most)], nice: true },
    color: { type: 'ordinal', domain: series.map(({ name }) => name), range: series.map(({ color }) => color) },
    marks: [
      gridY({ stroke: GRID, strokeOpacity: 1, ticks: ticksFor(most) }),
      axisY({
        ...axis,
        ticks: ticksFor(most),
        tickFormat: (count: number) => (Number.isInteger(count) ? format.number(count) : ''),
      }),
      axisX({
        ...axis,
        tickFormat: (month: string) => (narrow && months.indexOf(month) % 2 === 1 ? '' : monthName(month)),
      }),
      barY(data, {
        x: 'month',
        y: 'count',
        fill: 'name',
        order: series.map(({ name }) => name),
        insetTop: 1,
        title: ({ name, month, count }: (typeof data)[number]) =>
          `${name}, ${monthName(month)}: ${format.number(count)}`,
      }),
      text(
        totals.filter(({ total }) => total === most),
        { x: 'month', y: 'total', text: ({ total }: { total: number }) => format.number(total), dy: -8, ...strong },
      ),
    ],
  });
  return { svg, marks: '[aria-label="bar"] rect' };
}

const ROW_HEIGHT = 42;

/** Bars below their labels, each with its figure: words may be as long as they are in any language. */
export function drawRows(width: number, rows: readonly Row[]): Drawn {
  const keys = rows.map((_row, index) => index);
  const values = rows.map(({ value }) => value);
  const room = Math.max(...rows.map(({ shown }) => shown.length)) * 7 + 12;
  const svg = plot({
    width,
    height: ROW_HEIGHT * rows.length + 8,
    marginLeft: 0,
    marginRight: room,
    marginTop: 4,
    marginBottom: 4,
    x: { domain: [Math.min(0, ...values), Math.max(1, ...values)], axis: null },
    y: { type: 'band', domain: keys, axis: null, padding: 0 },
    marks: [
      barX(rows, {
        y: (_row: Row, index: number) => index,
        x: 'value',
        fill: SERIES_COLORS[0],
        insetTop: 22,
        insetBottom: 8,
        title: ({ label, shown }: Row) => `${label}: ${shown}`,
      }),
      text(rows, {
        y: (_row: Row, index: number) => index,
        frameAnchor: 'left',
        dy: -9,
        text: 'label',
        textAnchor: 'start',
        fill: TEXT,
        fontSize: 12,
        lineWidth: (width - 8) / 12,
        textOverflow: 'ellipsis',
      }),
      text(rows, {
        y: (_row: Row, index: number) => index,
        x: ({ value }: Row) => Math.max(0, value),
        dx: 6,
        dy: 8,
        text: 'shown',
        textAnchor: 'start',
        ...strong,
        fontSize: 12,
      }),
    ],
  });
  return { svg, marks: '[aria-label="bar"] rect' };
}

/** Dots: days until renewal against what an upgrade would bring; their size is the licenses, those near have the second color and a thicker edge. */
export function drawDots(
  width: number,
  {
    items,
    money,
    format,
    days,
  }: {
    readonly items: readonly OpportunityOnWire[];
    readonly money: (one: OpportunityOnWire) => string;
    readonly format: Format;
    /** What the horizontal axis is of. */
    readonly days: string;
  },
): Drawn {
  const extra = ({ extraPerMonth }: OpportunityOnWire) => Number(extraPerMonth.amount);
  const most = Math.max(1, ...items.map(extra));
  const far = Math.max(NEAR_DAYS, ...items.map(({ daysLeft }) => daysLeft));
  const color = ({ daysLeft }: OpportunityOnWire) => (daysLeft <= NEAR_DAYS ? SERIES_COLORS[1] : SERIES_COLORS[0]);
  const named = items.slice(0, width < 420 ? 1 : 2);
  const label = (anchor: 'start' | 'end', which: readonly OpportunityOnWire[]) =>
    text(which, {
      x: 'daysLeft',
      y: extra,
      text: 'customerName',
      textAnchor: anchor,
      dx: anchor === 'start' ? 19 : -19,
      ...strong,
    });
  const svg = plot({
    width,
    height: 260,
    marginLeft: 48,
    marginRight: 16,
    marginTop: 22,
    marginBottom: 40,
    x: { domain: [0, far * 1.04] },
    y: { domain: [Math.min(0, ...items.map(extra)), most * 1.08], nice: true },
    r: { range: [3, 15] },
    marks: [
      gridY({ stroke: GRID, strokeOpacity: 1, ticks: 5 }),
      axisY({ ...axis, ticks: 5, tickFormat: (value: number) => format.number(value) }),
      axisX({ ...axis, ticks: width < 420 ? 4 : 7, label: days, labelAnchor: 'right', labelArrow: 'none' }),
      dot(items, {
        x: 'daysLeft',
        y: extra,
        r: 'licenses',
        sort: null,
        fill: color,
        fillOpacity: 0.4,
        stroke: color,
        strokeWidth: ({ daysLeft }: OpportunityOnWire) => (daysLeft <= NEAR_DAYS ? 2.2 : 1.2),
        title: (one: OpportunityOnWire) =>
          `${one.customerName}: ${one.source.name} → ${one.target.name}, ${money(one)}`,
      }),
      label(
        'start',
        named.filter(({ daysLeft }) => daysLeft <= far / 2),
      ),
      label(
        'end',
        named.filter(({ daysLeft }) => daysLeft > far / 2),
      ),
    ],
  });
  return { svg, marks: '[aria-label="dot"] circle' };
}

const axis = { tickSize: 0, fontSize: FONT_SIZE, color: TEXT, label: null } as const;
const strong = { fill: 'var(--colorNeutralForeground1)', fontSize: FONT_SIZE, fontWeight: 600 } as const;

/** Counts are whole. */
function ticksFor(most: number): number {
  return Math.min(5, Math.max(1, most));
}
