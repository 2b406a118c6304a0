import { type CitedDocumentFragment, type CitedPassage, positionOf } from '@dossier/client';
import { passageAddress } from '../address.js';
import { t } from '../messages/messages.js';
import { CiteButtons } from './CiteButtons.js';
import { SafeText } from './SafeText.js';
import { usePortion } from './usePortion.js';

const placeOf = (id: string): string | null => (/^citation:.+#char=\d+,\d+$/.test(id) ? id : null);

interface PassageLinksProps {
  citations: readonly CitedPassage[];
  statement?: string;
}

/** Links that are shown at a time. */
const MAX_LINKS = 12;

/** The passages of a fact, as links into the document: of many, the first ones, and more on request. */
export const PassageLinks = (props: PassageLinksProps) =>
  props.citations.length > MAX_LINKS ? <ManyLinks {...props} /> : <Links {...props} />;

function ManyLinks({ citations, ...props }: PassageLinksProps) {
  const { shown, rest, showMore } = usePortion(`passages ${citations[0]?.id}`, citations, MAX_LINKS);
  return (
    <>
      <Links {...props} citations={shown} />{' '}
      {rest > 0 && (
        <button type="button" onClick={showMore}>
          {t('passage.more', { count: rest })}
        </button>
      )}
    </>
  );
}

const Links = ({ citations, statement }: PassageLinksProps) =>
  citations.length === 0 ? null : (
    <span class="passage-links">
      {citations.map(({ id, paragraph }) => {
        if (!placeOf(id)) return null;
        const { start, end } = positionOf({ id });
        return (
          <a key={id} class="chip" href={passageAddress(id, { statement })}>
            {paragraph ? `¶ ${paragraph}, ` : ''}
            <span class="visually-hidden">{t('passage.characters')} </span>
            {start}–{end}
          </a>
        );
      })}
    </span>
  );

/** Passages in full: the words if the text is mounted, a link to the position, and citation buttons. */
export const Passages = ({
  citations,
  document,
  about,
  isPlain = false,
}: {
  citations: readonly CitedPassage[];
  document: CitedDocumentFragment | null;
  about?: string;
  /** Without links. */
  isPlain?: boolean;
}) => (
  <ul class="passages">
    {citations.map((citation) => (
      <li key={citation.id}>
        {citation.excerpt ? (
          <blockquote>
            <SafeText text={citation.excerpt} />
          </blockquote>
        ) : (
          <p class="quiet small">{t('passage.unavailable')}</p>
        )}
        {!isPlain && (
          <p class="cite-line">
            <PassageLinks citations={[citation]} />
            {document && <CiteButtons citation={{ ...citation, document }} {...(about && { about })} />}
          </p>
        )}
      </li>
    ))}
  </ul>
);
