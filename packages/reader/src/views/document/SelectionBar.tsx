import type { CitedDocumentFragment } from '@dossier/client';
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { passageAddress } from '../../address.js';
import { t } from '../../messages/messages.js';
import { CiteButtons } from '../../parts/CiteButtons.js';
import { LIVE } from '../../parts/live.js';
import { positionInText } from './textPositions.js';

interface Passage {
  start: number;
  end: number;
  /** Null if it runs over several paragraphs. */
  paragraph: number | null;
}

interface SelectionBarProps {
  text: RefObject<HTMLElement | null>;
  document: CitedDocumentFragment;
  slice: (start: number, end: number) => string;
  paragraphAt: (position: number) => number | null;
}

/** The passage that is selected in the text, without white space around it; null for none. */
function selectedPassage(
  root: Element,
  slice: SelectionBarProps['slice'],
  paragraphAt: SelectionBarProps['paragraphAt'],
): Passage | null {
  const selection = globalThis.document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const first = positionInText(root, slice, range.startContainer, range.startOffset);
  const last = positionInText(root, slice, range.endContainer, range.endOffset);
  if (first === null || last === null || first >= last) return null;
  const words = slice(first, last);
  const trimmed = words.trim();
  if (trimmed === '') return null;
  const start = first + [...words.slice(0, words.indexOf(trimmed))].length;
  const end = start + [...trimmed].length;
  const paragraph = paragraphAt(start);
  return { start, end, paragraph: paragraph === paragraphAt(end - 1) ? paragraph : null };
}

/** Offers a citation of the words that are selected in the text. */
export function SelectionBar({ text, document, slice, paragraphAt }: SelectionBarProps) {
  const [passage, setPassage] = useState<Passage | null>(null);
  useEffect(() => {
    const read = (): void => {
      // A click on the bar itself leaves the passage as it is.
      if (globalThis.document.activeElement?.closest('.selection-bar')) return;
      setPassage(text.current && selectedPassage(text.current, slice, paragraphAt));
    };
    globalThis.document.addEventListener('selectionchange', read);
    return () => globalThis.document.removeEventListener('selectionchange', read);
  }, [text, slice, paragraphAt]);
  if (!passage) return null;
  const { start, end, paragraph } = passage;
  const id = `citation:${document.id.replace(/^document:/, '')}#char=${start},${end}`;
  return (
    <section
      class="selection-bar"
      aria-label={t('document.selection')}
      onMouseDown={(event) => event.target instanceof HTMLButtonElement && event.preventDefault()}
    >
      <p {...LIVE}>
        {paragraph === null
          ? t('document.selected', { start, end })
          : t('document.selectedIn', { paragraph, start, end })}
      </p>
      <CiteButtons key={id} citation={{ id, paragraph, excerpt: slice(start, end), document }} isOpen />
      <a href={passageAddress(id)}>{t('document.linkToPassage')}</a>
    </section>
  );
}
