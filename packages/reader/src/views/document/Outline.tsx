import { ReaderOutlineDocument } from '@dossier/client';
import { useState } from 'preact/hooks';
import { useQuery } from '../../graph/useQuery.js';
import { t } from '../../messages/messages.js';
import { enumTitle } from '../../parts/labels.js';
import { SafeText } from '../../parts/SafeText.js';
import { hrefWith } from '../../route.js';

interface OutlineProps {
  document: string;
  paragraphs: readonly { number: number; role: string; statements: readonly { id: string }[] }[];
}

/** The paragraphs in order, each with our summary of its first claim, which is loaded when the outline is opened. */
export function Outline({ document, paragraphs }: OutlineProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="tool outline" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('document.outline')}</summary>
      {isOpen && <Paragraphs document={document} paragraphs={paragraphs} />}
    </details>
  );
}

function Paragraphs({ document, paragraphs }: OutlineProps) {
  const { data } = useQuery(ReaderOutlineDocument, { document });
  const firsts = new Map(data?.document?.paragraphs.map(({ number, statements: [first] }) => [number, first?.summary]));
  return (
    <nav class="tool-panel" aria-label={t('document.outlineOf')}>
      <ol>
        {paragraphs.map(({ number, role, statements }) => {
          const first = firsts.get(number);
          return (
            <li key={number}>
              <a href={hrefWith('document', { paragraph: String(number), at: null, statement: null, part: null })}>
                <span class="pilcrow">¶ {number}</span> {first ? <SafeText text={first} /> : enumTitle(role)}
              </a>
              {statements.length > 1 && (
                <span class="quiet small"> {t('document.moreClaims', { count: statements.length - 1 })}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
