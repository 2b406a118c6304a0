import { useRef } from 'preact/hooks';
import { useTyped } from './useTyped.js';

/** How long to wait for the next digit, in milliseconds. */
const TYPING_MS = 700;

/** A year whose last digits are not typed yet: 2, 20 and 201 of 2014. */
const isPartOfYear = (day: string): boolean => day.startsWith('0');

interface DateFieldProps {
  label: string;
  value: string;
  /** `replace` is true for further changes of the same visit to the field, which belong to one entry of the history. */
  onChange: (day: string, options: { replace: boolean }) => void;
}

/** A field for a day, which is used when it is complete. */
export function DateField({ label, value, onChange }: DateFieldProps) {
  const isChanged = useRef(false);
  const { text, type, flush } = useTyped(
    value,
    (day) => {
      onChange(day, { replace: isChanged.current });
      isChanged.current = true;
    },
    TYPING_MS,
  );
  return (
    <label>
      {label}
      <input
        type="date"
        value={text}
        onFocus={() => {
          isChanged.current = false;
        }}
        onInput={({ currentTarget }) => {
          type(currentTarget.value, isPartOfYear(currentTarget.value));
        }}
        onBlur={flush}
      />
    </label>
  );
}
