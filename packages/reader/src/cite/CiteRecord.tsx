import { type CitedRecord, recordBibtex, recordCsl, recordJsonLd, recordText } from '@dossier/client';
import { t } from '../messages/messages.js';
import { escapeInvisible, visibleJson } from '../parts/escapeInvisible.js';
import { accessNow } from './access.js';
import { CopyForms } from './CopyForms.js';
import { recordUrl } from './recordAddress.js';
import { CITATION_WORDS } from './words.js';

/** Copies a citation of a figure, an event or a listing: its passages and sources, the address, the day, and the revision. */
export function CiteRecord({
  record,
  digest,
  service,
  label,
}: {
  record: CitedRecord;
  digest: string;
  /** The service that owns the record. */
  service: string;
  label: string;
}) {
  const access = () => accessNow(service, digest, (params) => recordUrl(record.id, params));
  return (
    <CopyForms
      label={label}
      forms={{
        [t('cite.text')]: () => escapeInvisible(recordText(record, access(), CITATION_WORDS)),
        [t('cite.link')]: () => access().url,
        BibTeX: () => escapeInvisible(recordBibtex(record, access(), CITATION_WORDS)),
        'CSL-JSON': () => visibleJson(recordCsl(record, access(), CITATION_WORDS)),
        'JSON-LD': () => visibleJson(recordJsonLd(record, access(), recordUrl, CITATION_WORDS)),
      }}
    />
  );
}
