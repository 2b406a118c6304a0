import { t } from '../../messages/messages.js';
import { KeyMark } from '../../parts/KeyMark.js';
import { NODE_KINDS, type NodeKind, NodeShape, nodeKindText } from './NodeShape.js';
import { KINDS, type TieKind } from './ties.js';

interface NetworkKeyProps {
  nodeKinds: ReadonlySet<NodeKind>;
  tieKinds: ReadonlySet<TieKind>;
  hasLikely: boolean;
}

/** What the frames and the lines of the diagram mean. On the screen, the filters explain the lines. A saved picture has all of it. */
export const NetworkKey = ({ nodeKinds, tieKinds, hasLikely }: NetworkKeyProps) => (
  <ul class="legend-line" aria-label={t('network.legend')}>
    {NODE_KINDS.filter((kind) => nodeKinds.has(kind)).map((kind) => (
      <li key={kind} data-key="">
        <KeyMark>
          <g class={`node node-${kind}`}>
            <NodeShape kind={kind} x={20} y={10} width={36} height={16} />
          </g>
        </KeyMark>{' '}
        {nodeKindText(kind)}
      </li>
    ))}
    {KINDS.filter((kind) => tieKinds.has(kind)).map((kind) => (
      <li key={kind} data-key="" class="print-only">
        <KeyMark>
          <path d="M2 10H37" class={`tie tie-${kind}`} />
          {kind !== 'traded' && (
            <path d={kind === 'spoke' ? 'M31 5l6 5l-6 5' : 'M30 5l8 5l-8 5z'} class={`tip tip-${kind}`} />
          )}
        </KeyMark>{' '}
        {/* Nothing follows it here. */}
        {t(`tie.${kind}`).replace(/:$/, '')}
      </li>
    ))}
    {hasLikely && (
      <li data-key="" class="print-only">
        <KeyMark>
          <path d="M2 10H38" class="tie is-likely" />
        </KeyMark>{' '}
        {t('network.likely')}
      </li>
    )}
  </ul>
);
