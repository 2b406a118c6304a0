import { useState } from 'preact/hooks';
import { t } from '../../messages/messages.js';
import { enumTitle } from '../../parts/labels.js';
import { SafeText } from '../../parts/SafeText.js';
import { hrefWith } from '../../route.js';

interface ParagraphOf {
  number: number;
  role: string;
  statements: readonly { id: string }[];
}

interface OutlineProps {
  /** The parts in which the document is shown, and which of them is shown, counted from 1. */
  parts: readonly (readonly ParagraphOf[])[];
  part: number;
  /** The statements of that part, by id. */
  known: ReadonlyMap<string, { summary: string }>;
  hrefOfPart: (part: number) => string;
}

/** The paragraphs of the part that is shown, each with our summary of its first claim, and links to the other parts. */
export function Outline(props: OutlineProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="tool outline" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('document.outline')}</summary>
      {isOpen && <Parts {...props} />}
    </details>
  );
}

const Parts = ({ parts, part, known, hrefOfPart }: OutlineProps) => (
  <nav class="tool-panel" aria-label={t('document.outlineOf')}>
    <ol>
      {parts.flatMap((paragraphs, index) =>
        index + 1 === part
          ? paragraphs.map((paragraph) => <Paragraph key={paragraph.number} paragraph={paragraph} known={known} />)
          : [
              <li key={`part ${index}`}>
                <a href={hrefOfPart(index + 1)}>
                  {t('document.outlinePart', {
                    first: paragraphs[0]?.number ?? 0,
                    last: paragraphs.at(-1)?.number ?? 0,
                  })}
                </a>
              </li>,
            ],
      )}
    </ol>
  </nav>
);

function Paragraph({
  paragraph: { number, role, statements },
  known,
}: {
  paragraph: ParagraphOf;
  known: OutlineProps['known'];
}) {
  const first = known.get(statements[0]?.id ?? '')?.summary;
  return (
    <li>
      <a href={hrefWith('document', { paragraph: String(number), at: null, statement: null, part: null })}>
        <span class="pilcrow">¶ {number}</span> {first ? <SafeText text={first} /> : enumTitle(role)}
      </a>
      {statements.length > 1 && (
        <span class="quiet small"> {t('document.moreClaims', { count: statements.length - 1 })}</span>
      )}
    </li>
  );
}
