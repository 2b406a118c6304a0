import { useEffect, useRef, useState } from 'preact/hooks';

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
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address may change without the field, e.g. with the back button.
  const known = useRef(value);
  useEffect(() => {
    if (known.current !== value) setText(value);
    known.current = value;
  }, [value]);
  return (
    <label>
      {label}
      <input
        type="search"
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            known.current = currentTarget.value.trim();
            onChange(known.current || null);
          }, TYPING_MS);
        }}
      />
    </label>
  );
}
