import { graphlib, layout } from '@dagrejs/dagre';
import type { MapOfferOnWire, MapPathOnWire } from '../../contract/upgrade-map.ts';

const BOX = { width: 140, height: 66 };
/** What the picture has beside its panel on a usual screen, and how far apart columns stand: the widest that fits, or the last. */
const ROOM = 684;
const GAPS = [96, 72, 52, 36];

/** Pixels from the top left corner of the picture. */
export type Place = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
export type Box = Place & { readonly offer: MapOfferOnWire };
export type Line = {
  readonly path: MapPathOnWire;
  readonly points: readonly Point[];
};
/** Offers of some markets alone stand together. */
export type Field = Place & { readonly markets: readonly string[] };

export type Layout = {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly fields: readonly Field[];
};

type Point = { readonly x: number; readonly y: number };
type Node = Point & { readonly width: number; readonly height: number };

/** Places offers from left to right, as the paths between them lead. */
export function layOut(offers: readonly MapOfferOnWire[], paths: readonly MapPathOnWire[]): Layout {
  const tried = GAPS.map((gap) => place(offers, paths, gap));
  return tried.find(({ width }) => width <= ROOM) ?? (tried.at(-1) as Layout);
}

function place(offers: readonly MapOfferOnWire[], paths: readonly MapPathOnWire[], gap: number): Layout {
  const graph = new graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 16, edgesep: 12, ranksep: gap, marginx: 8, marginy: 20 });
  graph.setDefaultEdgeLabel(() => ({}));
  const fields = new Map<string, readonly string[]>();
  for (const { offerId, markets } of offers) {
    graph.setNode(offerId, { ...BOX });
    if (!markets) continue;
    const field = `only:${markets.join()}`;
    if (!fields.has(field)) graph.setNode(field, {});
    fields.set(field, markets);
    graph.setParent(offerId, field);
  }
  for (const { from, to } of paths) graph.setEdge(from.offerId, to.offerId);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as Partial<Place>;
  const nodeOf = (id: string) => graph.node(id) as Node;
  const placeOf = (id: string): Place => {
    const node = nodeOf(id);
    return { left: node.x - node.width / 2, top: node.y - node.height / 2, width: node.width, height: node.height };
  };
  const bends = ({ from, to }: MapPathOnWire) =>
    (graph.edge(from.offerId, to.offerId) as { points: readonly Point[] }).points.slice(1, -1);
  return {
    width,
    height,
    boxes: offers.map((offer) => ({ offer, ...placeOf(offer.offerId) })),
    lines: paths.map((path) => ({ path, points: pointsOf(path, paths, nodeOf, bends(path)) })),
    fields: [...fields].map(([id, markets]) => ({ markets, ...placeOf(id) })),
  };
}

/** From the right side of a box to the left side of another, each line at a port of its own, and past what stands in between. */
function pointsOf(
  path: MapPathOnWire,
  paths: readonly MapPathOnWire[],
  nodeOf: (id: string) => Node,
  bends: readonly Point[],
): readonly Point[] {
  const [from, to] = [nodeOf(path.from.offerId), nodeOf(path.to.offerId)];
  const heightOf = (id: string) => nodeOf(id).y;
  const leaving = paths
    .filter((one) => one.from.offerId === path.from.offerId)
    .toSorted((one, other) => heightOf(one.to.offerId) - heightOf(other.to.offerId));
  const coming = paths
    .filter((one) => one.to.offerId === path.to.offerId)
    .toSorted((one, other) => heightOf(one.from.offerId) - heightOf(other.from.offerId));
  const port = ({ y, height }: Node, all: readonly MapPathOnWire[]) =>
    y - height / 2 + (height * (all.indexOf(path) + 1)) / (all.length + 1);
  // Of the bends, those beside a column of boxes count; between columns the curve finds its own way.
  const columns = paths.flatMap((one) => [nodeOf(one.from.offerId).x, nodeOf(one.to.offerId).x]);
  const beside = bends.filter(
    ({ x }) => x > from.x + 1 && x < to.x - 1 && columns.some((column) => Math.abs(column - x) < 1),
  );
  return [
    { x: from.x + from.width / 2, y: port(from, leaving) },
    ...beside.flatMap(({ x, y }) => [
      { x: x - BOX.width / 2, y },
      { x: x + BOX.width / 2, y },
    ]),
    { x: to.x - to.width / 2, y: port(to, coming) },
  ];
}

type Way = (place: Layout, at: Box) => Box | undefined;

/** Where an arrow key leads from a box: along a path forward or back, or to the next box above or below. */
export const STEPS: Readonly<Record<string, Way>> = {
  ArrowRight: ({ boxes, lines }, at) => {
    const ahead = lines.filter(({ path }) => path.from.offerId === at.offer.offerId).map(({ path }) => path.to.offerId);
    return nearest(boxes, at, ahead);
  },
  ArrowLeft: ({ boxes, lines }, at) => {
    const behind = lines
      .filter(({ path }) => path.to.offerId === at.offer.offerId)
      .map(({ path }) => path.from.offerId);
    return nearest(boxes, at, behind);
  },
  ArrowDown: (place, at) => column(place, at).find(({ top }) => top > at.top),
  ArrowUp: (place, at) => column(place, at).findLast(({ top }) => top < at.top),
};

function column({ boxes }: Layout, at: Box): readonly Box[] {
  return boxes
    .filter(({ left, width }) => Math.abs(left - at.left) < width / 2)
    .toSorted((one, other) => one.top - other.top);
}

function nearest(boxes: readonly Box[], at: Box, ids: readonly string[]): Box | undefined {
  const apart = ({ top }: Box) => Math.abs(top - at.top);
  return boxes
    .filter(({ offer }) => ids.includes(offer.offerId))
    .toSorted((one, other) => apart(one) - apart(other))[0];
}
