import { useTyped } from './useTyped.js';

/** How long to wait for the next key before the words are used, in milliseconds. */
const TYPING_MS = 350;

/** A field for words of a search. `onChange` is called with null if it is empty. */
export function WordsField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string | null) => void;
}) {
  const { text, type } = useTyped(value, (words) => onChange(words || null), TYPING_MS);
  return (
    <label>
      {label}
      <input type="search" value={text} onInput={({ currentTarget }) => type(currentTarget.value)} />
    </label>
  );
}
