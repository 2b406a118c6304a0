import { useId, useState } from 'preact/hooks';
import { t } from '../messages/messages.js';
import { LIVE } from './live.js';

/** Words that readers may not know. */
type GlossaryTerm =
  | 'claim'
  | 'relayChain'
  | 'hedge'
  | 'tension'
  | 'caution'
  | 'provision'
  | 'assessment'
  | 'listing'
  | 'bounds'
  | 'computed'
  | 'inferred';

/** A word with its explanation, which opens where the word is: by pointer, by touch or by keyboard. Escape closes it. */
export function Term({ of, text = t(`term.${of}`) }: { of: GlossaryTerm; text?: string }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <span class="term">
      <button
        type="button"
        class="term-word"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
        onBlur={() => setOpen(false)}
        onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}
      >
        {text}
      </button>
      <span id={id} {...LIVE} class="term-note" hidden={!isOpen}>
        {isOpen && t(`term.${of}.means`)}
      </span>
    </span>
  );
}
