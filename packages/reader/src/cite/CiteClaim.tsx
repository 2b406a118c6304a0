import { type CitedClaim, claimBibtex, claimCsl, claimJsonLd, claimText } from '@dossier/client';
import { embedCode } from '../export/embedCode.js';
import { accessNow } from './access.js';
import { CopyForms } from './CopyForms.js';
import { recordUrl } from './recordAddress.js';

/** Copies a citation of a whole claim: its speaker, all of its passages, the address, the day, and the revision. */
export function CiteClaim({ claim, digest }: { claim: CitedClaim; digest: string }) {
  const access = () => accessNow('statements', digest, (params) => recordUrl(claim.id, params));
  return (
    <CopyForms
      label="Cite this claim"
      forms={{
        Text: () => claimText(claim, access()),
        Link: () => access().url,
        BibTeX: () => claimBibtex(claim, access()),
        'CSL-JSON': () => JSON.stringify(claimCsl(claim, access()), null, 2),
        'JSON-LD': () => JSON.stringify(claimJsonLd(claim, access(), recordUrl), null, 2),
        Embed: () => embedCode({ statement: claim.id }, claim.summary),
      }}
    />
  );
}
