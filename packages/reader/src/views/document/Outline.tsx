import type { StatementLineFragment } from '@dossier/client';
import { t } from '../../messages/messages.js';
import { enumTitle } from '../../parts/labels.js';
import { SafeText } from '../../parts/SafeText.js';
import { hrefWith } from '../../route.js';

interface OutlineProps {
  paragraphs: readonly { number: number; role: string; statements: readonly { id: string }[] }[];
  statements: ReadonlyMap<string, StatementLineFragment>;
}

/** The paragraphs in order, each with our summary of its first claim. */
export const Outline = ({ paragraphs, statements }: OutlineProps) => (
  <details class="tool outline">
    <summary>{t('document.outline')}</summary>
    <nav class="tool-panel" aria-label={t('document.outlineOf')}>
      <ol>
        {paragraphs.map(({ number, role, statements: claims }) => {
          const first = claims.map(({ id }) => statements.get(id)).find((claim) => claim !== undefined);
          return (
            <li key={number}>
              <a href={hrefWith('document', { paragraph: String(number), at: null, statement: null, part: null })}>
                <span class="pilcrow">¶ {number}</span> {first ? <SafeText text={first.summary} /> : enumTitle(role)}
              </a>
              {claims.length > 1 && (
                <span class="quiet small"> {t('document.moreClaims', { count: claims.length - 1 })}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  </details>
);
