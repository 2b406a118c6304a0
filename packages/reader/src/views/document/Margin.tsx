import type { StatementLineFragment } from '@dossier/client';
import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { writeAddress } from '../../address.js';
import { t } from '../../messages/messages.js';
import { StatusBadge } from '../../parts/badges.js';
import { enumText, shortId } from '../../parts/labels.js';
import { PassageLinks } from '../../parts/Passages.js';
import { SafeText } from '../../parts/SafeText.js';
import { Carriers, Speaker } from '../../parts/Speaker.js';
import { hrefWith } from '../../route.js';
import { placeNotes } from './placeNotes.js';

/** A note on the words at a position. */
export interface Note {
  key: string;
  /** The first code point that it is about. */
  position: number;
  /** The statement, if it is a claim. */
  statement: string | null;
  content: ComponentChildren;
}

interface MarginProps {
  text: RefObject<HTMLElement | null>;
  notes: readonly Note[];
  selected: string | undefined;
}

const GAP = 10;
/** From this width on, the margin is beside the text. Below it, the notes follow the text. */
const BESIDE = '(min-width: 60rem)';

/** Notes beside the text, each at the line that it belongs to, or below the note before it. */
export function Margin({ text, notes, selected }: MarginProps) {
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const beside = matchMedia(BESIDE);
    const place = (): void => {
      if (!list.current || !text.current) return;
      placeIn(list.current, text.current, notes, selected, beside.matches);
    };
    place();
    const observer = new ResizeObserver(place);
    if (text.current) observer.observe(text.current);
    beside.addEventListener('change', place);
    return () => {
      observer.disconnect();
      beside.removeEventListener('change', place);
    };
  }, [notes, selected, text]);
  return (
    <aside class="margin" aria-labelledby="margin-title">
      <h2 id="margin-title">{t('document.margin')}</h2>
      <ol ref={list}>
        {notes.map(({ key, statement, content }) => {
          const isOn = statement !== null && statement === selected;
          return (
            <li
              key={key}
              class={`note${isOn ? ' is-on' : ''}`}
              {...(statement !== null && { 'data-statement': statement })}
              aria-current={isOn ? 'true' : undefined}
            >
              {content}
            </li>
          );
        })}
      </ol>
    </aside>
  );
}

function placeIn(
  list: HTMLElement,
  text: HTMLElement,
  notes: readonly Note[],
  selected: string | undefined,
  isBeside: boolean,
): void {
  const items = [...list.children] as HTMLElement[];
  if (!isBeside) {
    list.style.minHeight = '';
    for (const item of items) item.style.top = '';
    return;
  }
  const runs = [...text.querySelectorAll('bdi[data-start]')].map((run) => ({
    run,
    end: Number(run.getAttribute('data-end')),
  }));
  const { top } = list.getBoundingClientRect();
  let at = 0;
  // Notes are in order of the text, as the runs are.
  const boxes = notes.map(({ position }, index) => {
    while (at < runs.length - 1 && (runs[at]?.end ?? 0) <= position) at++;
    const line = runs[at]?.run.getClientRects()[0]?.top ?? top;
    return { line: Math.max(0, line - top), height: items[index]?.offsetHeight ?? 0 };
  });
  const fixed = selected === undefined ? -1 : notes.findIndex(({ statement }) => statement === selected);
  const tops = placeNotes(boxes, GAP, fixed);
  for (const [index, item] of items.entries()) item.style.top = `${tops[index] ?? 0}px`;
  const last = tops.length - 1;
  list.style.minHeight = `${last < 0 ? 0 : (tops[last] ?? 0) + (boxes[last]?.height ?? 0)}px`;
}

/** A claim in the margin: in short, or with its carriers and passages if it is chosen. */
export function ClaimNote({ statement, isOn }: { statement: StatementLineFragment; isOn: boolean }) {
  const { id, summary, attribution, modality, hedges, citations } = statement;
  return (
    <>
      <p class="note-text">
        <a class="note-link" href={hrefWith('document', { statement: id, at: null, paragraph: null, part: null })}>
          <span class="claim-id">{shortId(id)}</span> <SafeText text={summary} />
        </a>
      </p>
      <p class="note-who">
        <Speaker attribution={attribution} plain={!isOn} /> {isOn && <Carriers attribution={attribution} />}
      </p>
      {isOn && (
        <>
          <p class="claim-facts">
            <StatusBadge status={attribution.status} />
            <span class="badge">{enumText(modality)}</span>
            {hedges.length > 0 && (
              <span class="badge badge-hedge">
                {t('claim.hedged', { kinds: [...new Set(hedges.map(({ kind }) => enumText(kind)))].join(', ') })}
              </span>
            )}
            <PassageLinks citations={citations} statement={id} />
          </p>
          <p class="note-more">
            <a href={writeAddress('said', { statement: id })}>{t('document.wholeClaim')}</a> ·{' '}
            <a href={hrefWith('document', { statement: null, at: null })}>{t('document.close')}</a>
          </p>
        </>
      )}
    </>
  );
}

/** A pitfall in the text. */
export const CautionNote = ({ kind, explanation }: { kind: string; explanation: string }) => (
  <details class="note-caution">
    <summary>
      <span aria-hidden="true">⚠ </span>
      {t('document.caution', { kind: enumText(kind) })}
    </summary>
    <p>
      <SafeText text={explanation} />
    </p>
  </details>
);
