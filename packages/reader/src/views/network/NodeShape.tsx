import { t } from '../../messages/messages.js';
import { enumText } from '../../parts/labels.js';

/** Kinds of actors that are drawn differently, by the first part of an id; all others are plain. */
export type NodeKind = 'person' | 'polity' | 'outlet' | 'other';

export const NODE_KINDS: readonly NodeKind[] = ['person', 'polity', 'outlet', 'other'];

export function nodeKindOf(id: string): NodeKind {
  const prefix = id.slice(0, id.indexOf(':'));
  return NODE_KINDS.find((kind) => kind === prefix) ?? 'other';
}

export const nodeKindText = (kind: NodeKind): string =>
  kind === 'other'
    ? t('network.legendOther')
    : enumText({ person: 'PERSON', polity: 'POLITY', outlet: 'MEDIA_OUTLET' }[kind]);

interface NodeShapeProps {
  kind: NodeKind;
  /** The middle of the shape. */
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The frame of an actor. Its shape tells the kind: round for a person, double for a polity, a line on the left for an outlet. */
export function NodeShape({ kind, x, y, width, height }: NodeShapeProps) {
  const [left, top] = [x - width / 2, y - height / 2];
  return (
    <>
      <rect x={left} y={top} width={width} height={height} rx={kind === 'person' ? height / 2 : 4} />
      {kind === 'polity' && (
        <rect x={left + 3} y={top + 3} width={width - 6} height={height - 6} rx={2} class="inner" />
      )}
      {kind === 'outlet' && <path d={`M${left + 5} ${top}v${height}`} class="inner" />}
    </>
  );
}
