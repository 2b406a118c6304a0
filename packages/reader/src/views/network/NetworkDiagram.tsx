import { t } from '../../messages/messages.js';
import { ToolsButton } from '../../parts/ToolsButton.js';
import { hrefWith } from '../../route.js';
import type { NetworkLayout } from './layout.js';
import { NetworkKey } from './NetworkKey.js';
import { NodeShape, nodeKindOf } from './NodeShape.js';
import { KINDS } from './ties.js';
import { truncateName } from './truncateName.js';

/** A wider diagram is scrolled instead of scaled, because its text would be too small. */
const MAX_SCALED_WIDTH = 1300;

interface PictureProps {
  placed: NetworkLayout;
  labelOf: (id: string) => string;
  chosen: string | undefined;
  title: string;
}

/** The network as a diagram. The list below it has the same content. */
export function NetworkDiagram({ placed: { width, height, nodes, ties }, labelOf, chosen, title }: PictureProps) {
  const near = new Set(
    ties.filter(({ tie }) => tie.from === chosen || tie.to === chosen).flatMap(({ tie }) => [tie.from, tie.to]),
  );
  const isDim = (id: string): boolean => near.size > 0 && !near.has(id);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be focusable. */}
      <section class="scroll picture" tabIndex={0} aria-label={t('network.picture')}>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          class={width < MAX_SCALED_WIDTH ? 'fits' : undefined}
          data-picture=""
        >
          <title>{title}</title>
          <defs>
            {KINDS.map((kind) => (
              <marker
                key={kind}
                id={`tip-${kind}`}
                viewBox="0 0 8 8"
                refX="7.5"
                refY="4"
                markerWidth="8"
                markerHeight="8"
                orient="auto-start-reverse"
                markerUnits="userSpaceOnUse"
              >
                <path d={kind === 'spoke' ? 'M1 1L7 4L1 7' : 'M0 0L8 4L0 8z'} class={`tip tip-${kind}`} />
              </marker>
            ))}
          </defs>
          {ties.map(({ tie: { key, kind, from, to, shownBy, isLikely }, path }) => (
            <path
              key={key}
              d={path}
              class={`tie tie-${kind}${isLikely ? ' is-likely' : ''}${near.size > 0 && from !== chosen && to !== chosen ? ' is-dim' : ''}`}
              marker-end={kind === 'traded' ? undefined : `url(#tip-${kind})`}
            >
              <title>
                {t('tie.title', {
                  from: labelOf(from),
                  tie: t(`tie.${kind}`),
                  to: labelOf(to),
                  count: shownBy.length,
                })}
              </title>
            </path>
          ))}
          {nodes.map(({ id, x, y, width: w, height: h }) => (
            <a
              key={id}
              href={hrefWith('network', { actor: id })}
              class={`node node-${nodeKindOf(id)}${id === chosen ? ' is-on' : ''}${isDim(id) ? ' is-dim' : ''}`}
            >
              <NodeShape kind={nodeKindOf(id)} x={x} y={y} width={w} height={h} />
              <text x={x} y={y + 5}>
                {truncateName(labelOf(id))}
              </text>
            </a>
          ))}
        </svg>
      </section>
      <NetworkKey
        nodeKinds={new Set(nodes.map(({ id }) => nodeKindOf(id)))}
        tieKinds={new Set(ties.map(({ tie }) => tie.kind))}
        hasLikely={ties.some(({ tie }) => tie.isLikely)}
      />
      <ToolsButton />
    </>
  );
}
