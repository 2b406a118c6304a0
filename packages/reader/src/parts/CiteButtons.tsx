import { citationAnnotation, citationBibtex, citationCsl, citationText, type PassageOfDocument } from '@dossier/client';
import { passageAddress } from '../address.js';
import { accessNow } from '../cite/access.js';
import { CopyForms } from '../cite/CopyForms.js';
import { digestOfDocument } from '../cite/digest.js';
import { recordUrl } from '../cite/recordAddress.js';
import { CITATION_WORDS } from '../cite/words.js';
import { t } from '../messages/messages.js';
import { escapeInvisible, visibleJson } from './escapeInvisible.js';

interface CiteButtonsProps {
  citation: PassageOfDocument;
  /** Id of the fact that cites the passage. */
  about?: string;
  isOpen?: boolean;
}

/** Copies a citation of a passage. */
export function CiteButtons({ citation, about, isOpen = false }: CiteButtonsProps) {
  const access = () =>
    accessNow(
      'statements',
      digestOfDocument(citation.document),
      (params) => new URL(passageAddress(citation.id, params), location.href).href,
    );
  return (
    <CopyForms
      isOpen={isOpen}
      forms={{
        [t('cite.text')]: () => escapeInvisible(citationText(citation, access(), CITATION_WORDS)),
        [t('cite.link')]: () => access().url,
        BibTeX: () => escapeInvisible(citationBibtex(citation, access(), CITATION_WORDS)),
        'CSL-JSON': () => visibleJson(citationCsl(citation, access(), CITATION_WORDS)),
        'JSON-LD': () =>
          visibleJson(
            citationAnnotation(citation, {
              id: access().url,
              documentUrl: recordUrl(citation.document.id),
              ...(about !== undefined && { about: recordUrl(about) }),
            }),
          ),
      }}
    />
  );
}
