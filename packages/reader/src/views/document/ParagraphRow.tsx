import { positionOf, type ReaderDocumentQuery, type StatementLineFragment } from '@dossier/client';
import { useMemo } from 'preact/hooks';
import { ClaimCard } from '../../parts/ClaimCard.js';
import { enumText, enumTitle, shortId } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import { SafeText } from '../../parts/SafeText.js';
import type { Mark } from './marks.js';
import { Passage } from './Passage.js';
import { Strip } from './Strip.js';
import { segmentsOf } from './segments.js';

type DocumentOf = NonNullable<ReaderDocumentQuery['document']>;

interface ParagraphRowProps {
  paragraph: DocumentOf['paragraphs'][number];
  cautions: DocumentOf['cautions'];
  marks: readonly Mark[];
  statements: ReadonlyMap<string, StatementLineFragment>;
  selected: string | undefined;
  /** Whether all statements are loaded. Until then a missing claim may still arrive. */
  isComplete: boolean;
}

/** A paragraph: its words or the positions in it, and its claims. */
export function ParagraphRow({ paragraph, cautions, marks, statements, selected, isComplete }: ParagraphRowProps) {
  const { number, role, voice, voiceId, citation } = paragraph;
  const span = positionOf(citation);
  const here = useMemo(
    () => marks.filter(({ start, end }) => start < span.end && end > span.start),
    [marks, span.start, span.end],
  );
  const segments = useMemo(
    () => (citation.excerpt === null ? [] : segmentsOf(span, here)),
    [citation.excerpt, here, span.start, span.end],
  );
  const traps = cautions.filter((caution) => caution.citations.some(({ id }) => isWithin(id, span)));
  return (
    <li class={`paragraph role-${role.toLowerCase()}`}>
      <h2 class="paragraph-head">
        <span class="pilcrow">¶ {number}</span> {enumTitle(role)}
        {voiceId && (
          <span class="quiet">
            {' '}
            · in the voice of <Name actor={voice} id={voiceId.id} plain />
          </span>
        )}
      </h2>
      <div class="paragraph-text">
        {citation.excerpt === null ? (
          <Strip span={span} marks={here} selected={selected} />
        ) : (
          <Passage excerpt={citation.excerpt} origin={span.start} segments={segments} selected={selected} />
        )}
      </div>
      <div class="paragraph-claims">
        {paragraph.statements.length > 0 ? (
          <ul class="claims">
            {paragraph.statements.map(({ id }) => {
              const statement = statements.get(id);
              if (statement) return <ClaimCard key={id} statement={statement} isOn={id === selected} />;
              return (
                <li key={id} class="claim quiet">
                  <span class="claim-id">{shortId(id)}</span> {isComplete ? 'could not be loaded' : '…'}
                </li>
              );
            })}
          </ul>
        ) : (
          <p class="quiet small">No claim stands here.</p>
        )}
        {traps.length > 0 && (
          <details class="traps">
            <summary>{traps.length === 1 ? 'A trap' : `${traps.length} traps`} for the reader</summary>
            <ul>
              {traps.map(({ id, kind, explanation }) => (
                <li key={id}>
                  <span class="badge">{enumText(kind)}</span> <SafeText text={explanation} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

function isWithin(id: string, span: { start: number; end: number }): boolean {
  const { start, end } = positionOf({ id });
  return start < span.end && end > span.start;
}
