import { positionOf, type ReaderDocumentQuery, type StatementLineFragment } from '@dossier/client';
import { t } from '../../messages/messages.js';
import { ClaimCard } from '../../parts/ClaimCard.js';
import { enumText, shortId } from '../../parts/labels.js';
import { SafeText } from '../../parts/SafeText.js';

type DocumentOf = NonNullable<ReaderDocumentQuery['document']>;

interface ParagraphClaimsProps {
  paragraph: DocumentOf['paragraphs'][number];
  cautions: DocumentOf['cautions'];
  statements: ReadonlyMap<string, StatementLineFragment>;
  selected: string | undefined;
  /** Whether all statements are loaded. Until then a missing claim may still arrive. */
  isComplete: boolean;
}

/** The claims of a paragraph, and the pitfalls in it. */
export function ParagraphClaims({ paragraph, cautions, statements, selected, isComplete }: ParagraphClaimsProps) {
  const span = positionOf(paragraph.citation);
  const pitfalls = cautions.filter((caution) => caution.citations.some(({ id }) => isWithin(id, span)));
  return (
    <>
      {paragraph.statements.length > 0 ? (
        <ul class="claims">
          {paragraph.statements.map(({ id }) => {
            const statement = statements.get(id);
            if (statement) return <ClaimCard key={id} statement={statement} isOn={id === selected} />;
            return (
              <li key={id} class="claim quiet">
                <span class="claim-id">{shortId(id)}</span> {isComplete ? t('document.claimMissing') : '…'}
              </li>
            );
          })}
        </ul>
      ) : (
        <p class="quiet small">{t('document.noClaim')}</p>
      )}
      {pitfalls.length > 0 && (
        <details class="pitfalls">
          <summary>{t('count.cautions', { count: pitfalls.length })}</summary>
          <ul>
            {pitfalls.map(({ id, kind, explanation }) => (
              <li key={id}>
                <span class="badge">{enumText(kind)}</span> <SafeText text={explanation} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function isWithin(id: string, span: { start: number; end: number }): boolean {
  const { start, end } = positionOf({ id });
  return start < span.end && end > span.start;
}
