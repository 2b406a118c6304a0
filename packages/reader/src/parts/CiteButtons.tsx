import { citationAnnotation, citationBibtex, citationCsl, type PassageOfDocument } from '@dossier/client';
import { useRef, useState } from 'preact/hooks';
import { passageAddress } from '../address.js';

const FORMS = {
  Link: (citation: PassageOfDocument) => new URL(passageAddress(citation.id), location.href).href,
  BibTeX: (citation: PassageOfDocument) => citationBibtex(citation),
  'CSL-JSON': (citation: PassageOfDocument) => JSON.stringify(citationCsl(citation), null, 2),
  'JSON-LD': (citation: PassageOfDocument, about?: string) =>
    JSON.stringify(citationAnnotation(citation, about === undefined ? {} : { about }), null, 2),
};

type Form = keyof typeof FORMS;

/** Copies a citation in a format. If the browser denies clipboard access, shows it for manual copying. */
export function CiteButtons({ citation, about }: { citation: PassageOfDocument; about?: string }) {
  const [status, setStatus] = useState('');
  const [byHand, setByHand] = useState<string | null>(null);
  const details = useRef<HTMLDetailsElement>(null);
  const copy = async (form: Form): Promise<void> => {
    const text = FORMS[form](citation, about);
    try {
      await navigator.clipboard.writeText(text);
      setByHand(null);
      setStatus(`${form} copied.`);
    } catch {
      setByHand(text);
      setStatus(`${form}, to copy:`);
    }
  };
  return (
    <details class="cite" ref={details}>
      <summary>Cite</summary>
      <div class="cite-forms">
        {(Object.keys(FORMS) as Form[]).map((form) => (
          <button key={form} type="button" onClick={() => void copy(form)}>
            {form}
          </button>
        ))}
        <span role="status">{status}</span>
        {byHand !== null && <textarea readOnly rows={4} value={byHand} aria-label="Citation" />}
      </div>
    </details>
  );
}
