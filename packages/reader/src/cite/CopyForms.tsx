import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../messages/messages.js';

interface CopyFormsProps {
  /** The text of each format, by its name. */
  forms: Readonly<Record<string, () => string>>;
  label?: string;
  isOpen?: boolean;
  children?: ComponentChildren;
}

/** Copies a text in one of several formats. If the browser denies clipboard access, shows it for manual copying. */
export function CopyForms({ forms, label = t('cite.passage'), isOpen = false, children }: CopyFormsProps) {
  const [status, setStatus] = useState('');
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = async (form: string): Promise<void> => {
    const text = forms[form]?.() ?? '';
    try {
      await navigator.clipboard.writeText(text);
      setByHand(null);
      setStatus(t('cite.copied', { format: form }));
    } catch {
      setByHand(text);
      setStatus(t('cite.byHand', { format: form }));
    }
  };
  return (
    <details class="cite" open={isOpen}>
      <summary>{label}</summary>
      <div class="cite-forms">
        {Object.keys(forms).map((form) => (
          <button key={form} type="button" onClick={() => void copy(form)}>
            {form}
          </button>
        ))}
        {children}
        <span role="status">{status}</span>
        {byHand !== null && <textarea readOnly rows={4} value={byHand} aria-label={t('cite.citation')} />}
      </div>
    </details>
  );
}
