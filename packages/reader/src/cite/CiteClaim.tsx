import { type CitedClaim, claimBibtex, claimCsl, claimJsonLd, claimText } from '@dossier/client';
import { embedCode } from '../export/embedCode.js';
import { t } from '../messages/messages.js';
import { escapeInvisible, visibleJson } from '../parts/escapeInvisible.js';
import { accessNow } from './access.js';
import { CopyForms } from './CopyForms.js';
import { recordUrl } from './recordAddress.js';
import { CITATION_WORDS } from './words.js';

/** Copies a citation of a whole claim: its speaker, all of its passages, the address, the day, and the revision. */
export function CiteClaim({ claim, digest }: { claim: CitedClaim; digest: string }) {
  const access = () => accessNow('statements', digest, (params) => recordUrl(claim.id, params));
  return (
    <CopyForms
      label={t('cite.claim')}
      forms={{
        [t('cite.text')]: () => escapeInvisible(claimText(claim, access(), CITATION_WORDS)),
        [t('cite.link')]: () => access().url,
        BibTeX: () => escapeInvisible(claimBibtex(claim, access(), CITATION_WORDS)),
        'CSL-JSON': () => visibleJson(claimCsl(claim, access(), CITATION_WORDS)),
        'JSON-LD': () => visibleJson(claimJsonLd(claim, access(), recordUrl, CITATION_WORDS)),
        [t('cite.embed')]: () => embedCode({ statement: claim.id }, claim.summary),
      }}
    />
  );
}
