import { graphlib, layout } from '@dagrejs/dagre';
import type { MapOfferOnWire, MapPathOnWire } from '../../contract/upgrade-map.ts';

const BOX = { width: 168, height: 62 };

/** Pixels from the top left corner of the picture. */
export type Place = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
export type Box = Place & { readonly offer: MapOfferOnWire };
export type Line = {
  readonly path: MapPathOnWire;
  readonly points: readonly { readonly x: number; readonly y: number }[];
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

/** Places offers from left to right, as the paths between them lead. */
export function layOut(offers: readonly MapOfferOnWire[], paths: readonly MapPathOnWire[]): Layout {
  const graph = new graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 16, edgesep: 10, ranksep: 84, marginx: 16, marginy: 16 });
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
  const placeOf = (id: string): Place => {
    const node = graph.node(id) as { x: number; y: number; width: number; height: number };
    return { left: node.x - node.width / 2, top: node.y - node.height / 2, width: node.width, height: node.height };
  };
  return {
    width,
    height,
    boxes: offers.map((offer) => ({ offer, ...placeOf(offer.offerId) })),
    lines: paths.map((path) => ({
      path,
      points: (graph.edge(path.from.offerId, path.to.offerId) as Pick<Line, 'points'>).points,
    })),
    fields: [...fields].map(([id, markets]) => ({ markets, ...placeOf(id) })),
  };
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
