import { type CitedClaim, claimBibtex, claimCsl, claimJsonLd, claimText } from '@dossier/client';
import { embedCode } from '../export/embedCode.js';
import { t } from '../messages/messages.js';
import { accessNow } from './access.js';
import { CopyForms } from './CopyForms.js';
import { recordUrl } from './recordAddress.js';

/** Copies a citation of a whole claim: its speaker, all of its passages, the address, the day, and the revision. */
export function CiteClaim({ claim, digest }: { claim: CitedClaim; digest: string }) {
  const access = () => accessNow('statements', digest, (params) => recordUrl(claim.id, params));
  return (
    <CopyForms
      label={t('cite.claim')}
      forms={{
        [t('cite.text')]: () => claimText(claim, access()),
        [t('cite.link')]: () => access().url,
        BibTeX: () => claimBibtex(claim, access()),
        'CSL-JSON': () => JSON.stringify(claimCsl(claim, access()), null, 2),
        'JSON-LD': () => JSON.stringify(claimJsonLd(claim, access(), recordUrl), null, 2),
        [t('cite.embed')]: () => embedCode({ statement: claim.id }, claim.summary),
      }}
    />
  );
}
