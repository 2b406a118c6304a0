import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { enumTitle } from '../../parts/labels.js';
import type { Mark } from './marks.js';
import { Passage } from './Passage.js';
import { Strip } from './Strip.js';
import { segmentsOf } from './segments.js';

/** A paragraph as it is shown. Positions are code points of the whole document. */
export interface ShownParagraph {
  number: number;
  role: string;
  start: number;
  end: number;
  /** Its words; null if the text is not available. */
  text: string | null;
}

interface ParagraphsProps<TParagraph extends ShownParagraph> {
  paragraphs: readonly TParagraph[];
  marks: readonly Mark[];
  /** The statement whose words are highlighted. */
  selected: string | undefined;
  /** The link of the number with which a statement begins in the text. */
  hrefOf: (statement: string) => string;
  /** What follows the heading of a paragraph, on its line. */
  heading?: (paragraph: TParagraph) => ComponentChildren;
  /** What stands beside a paragraph. */
  beside: (paragraph: TParagraph) => ComponentChildren;
}

/** A text with its highlights, paragraph by paragraph: of the words, or of their positions if the text is not available. */
export function Paragraphs<TParagraph extends ShownParagraph>({ paragraphs, ...rest }: ParagraphsProps<TParagraph>) {
  return (
    <ol class="paragraphs">
      {paragraphs.map((paragraph) => (
        <Row key={paragraph.number} paragraph={paragraph} {...rest} />
      ))}
    </ol>
  );
}

type RowProps<TParagraph extends ShownParagraph> = Omit<ParagraphsProps<TParagraph>, 'paragraphs'> & {
  paragraph: TParagraph;
};

function Row<TParagraph extends ShownParagraph>({
  paragraph,
  marks,
  selected,
  hrefOf,
  heading,
  beside,
}: RowProps<TParagraph>) {
  const { number, role, start, end, text } = paragraph;
  const here = useMemo(() => marks.filter((mark) => mark.start < end && mark.end > start), [marks, start, end]);
  // The words of a long document are compared with what is shown only if they or their marks change.
  const words = useMemo(
    () =>
      text === null ? (
        <Strip span={{ start, end }} marks={here} selected={selected} />
      ) : (
        <Passage
          excerpt={text}
          origin={start}
          segments={segmentsOf({ start, end }, here)}
          selected={selected}
          hrefOf={hrefOf}
        />
      ),
    [text, here, start, end, selected, hrefOf],
  );
  return (
    <li class={`paragraph role-${role.toLowerCase()}`} data-paragraph={number}>
      <h2 class="paragraph-head">
        <span class="pilcrow">¶ {number}</span> {enumTitle(role)}
        {heading?.(paragraph)}
      </h2>
      <div class="paragraph-text">{words}</div>
      <div class="paragraph-claims">{beside(paragraph)}</div>
    </li>
  );
}
