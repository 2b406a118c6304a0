import { graphlib, layout } from '@dagrejs/dagre';
import { curveBasis, line } from 'd3-shape';
import type { Tie } from './ties.js';
import { truncateName } from './truncateName.js';

interface PlacedNode {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface PlacedTie {
  tie: Tie;
  path: string;
}

export interface NetworkLayout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  ties: PlacedTie[];
}

const CHARACTER_WIDTH = 7.6;
const PADDING = 26;
const NODE_HEIGHT = 34;
const MARGIN = 12;

interface Point {
  x: number;
  y: number;
}

const curve = line<Point>()
  .x(({ x }) => x)
  .y(({ y }) => y)
  .curve(curveBasis);

/** What is laid out: ties, and the labels of their actors by id. */
export interface LayoutRequest {
  ties: readonly Tie[];
  labels: Readonly<Record<string, string>>;
}

/** A request to the worker. */
export interface LayoutMessage {
  number: number;
  request: LayoutRequest;
}

/** Its response, with the number of the request. */
export interface LayoutResult {
  number: number;
  placed: NetworkLayout;
}

/** Lays the actors out in layers, from speakers on the left to outlets on the right. The result is deterministic. */
export function layoutNetwork({ ties, labels }: LayoutRequest): NetworkLayout {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 52, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = [...new Set(ties.flatMap(({ from, to }) => [from, to]))].sort();
  for (const id of ids)
    graph.setNode(id, {
      width: truncateName(labels[id] ?? '').length * CHARACTER_WIDTH + PADDING,
      height: NODE_HEIGHT,
    });
  for (const { key, from, to, kind } of ties) graph.setEdge(from, to, { weight: kind === 'relayed' ? 3 : 1 }, key);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const lines = ties.map(
    ({ key, from, to }): readonly Point[] => graph.edge({ v: from, w: to, name: key }).points ?? [],
  );
  // A line may bend beyond the boxes.
  const ys = lines.flat().map(({ y }) => y);
  const shift = Math.max(0, MARGIN - Math.min(MARGIN, ...ys));
  const bottom = Math.max(height, ...ys.map((y) => y + MARGIN));
  return {
    width: Math.max(1, width),
    height: Math.max(1, bottom + shift),
    nodes: ids.map((id) => {
      const box = boxOf(graph.node(id));
      return { id, ...box, y: box.y + shift };
    }),
    ties: ties.map((tie, index) => ({
      tie,
      path: curve((lines[index] ?? []).map(({ x, y }) => ({ x, y: y + shift }))) ?? '',
    })),
  };
}

const boxOf = ({ x = 0, y = 0, width, height }: { x?: number; y?: number; width: number; height: number }) => ({
  x,
  y,
  width,
  height,
});
