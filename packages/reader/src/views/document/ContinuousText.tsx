import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import { t } from '../../messages/messages.js';
import { enumText } from '../../parts/labels.js';
import type { Mark } from './marks.js';
import type { ShownParagraph } from './Paragraphs.js';
import { Passage } from './Passage.js';
import { segmentsOf } from './segments.js';

interface ContinuousTextProps {
  root: RefObject<HTMLDivElement | null>;
  paragraphs: readonly ShownParagraph[];
  marks: readonly Mark[];
  selected: string | undefined;
  hrefOf: (statement: string) => string;
}

/** The words of a document as one text. What is said about them is in the margin, and is not copied with them. */
export const ContinuousText = ({ root, paragraphs, ...rest }: ContinuousTextProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a section of its own would be a landmark within the article.
  <div class="text" ref={root} role="group" aria-label={t('document.text')}>
    {paragraphs.map((paragraph) => (
      <TextParagraph key={paragraph.number} paragraph={paragraph} {...rest} />
    ))}
  </div>
);

function TextParagraph({
  paragraph: { number, role, start, end, text },
  marks,
  selected,
  hrefOf,
}: Omit<ContinuousTextProps, 'root' | 'paragraphs'> & { paragraph: ShownParagraph }) {
  const here = useMemo(() => marks.filter((mark) => mark.start < end && mark.end > start), [marks, start, end]);
  // Only if its marks change, or if the chosen statement is or was in it.
  const chosen = here.some(({ is }) => 'statement' in is && is.statement === selected) ? selected : undefined;
  return useMemo(
    () => (
      <div class={`text-paragraph role-${role.toLowerCase()}`}>
        {text === null ? (
          <p class="quiet" data-paragraph={number}>
            {t('document.paragraphMissing', { role: enumText(role) })}
          </p>
        ) : (
          <Passage
            number={number}
            excerpt={text}
            origin={start}
            segments={segmentsOf({ start, end }, here)}
            selected={chosen}
            hrefOf={hrefOf}
          />
        )}
      </div>
    ),
    [number, role, text, here, start, end, chosen, hrefOf],
  );
}
