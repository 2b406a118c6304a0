import { useRef } from 'preact/hooks';
import { useTyped } from './useTyped.js';

/** How long to wait for the next digit, in milliseconds. */
const TYPING_MS = 700;

/** Whether more must be typed: a part is empty, or the last digits of the year, which is 2, 20 and 201 before it is 2014. */
const isPart = ({ value, validity }: HTMLInputElement): boolean => validity.badInput || value.startsWith('0');

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
          type(currentTarget.value, isPart(currentTarget));
        }}
        onBlur={flush}
      />
    </label>
  );
}
