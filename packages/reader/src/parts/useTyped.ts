import { useEffect, useRef, useState } from 'preact/hooks';

interface Typed {
  /** What the field shows. */
  text: string;
  /** `isPart`: more must follow before it can be used. */
  type: (text: string, isPart?: boolean) => void;
  /** Uses what was typed without waiting, e.g. when the field is left. */
  flush: () => void;
}

/** The text of a field, which is used when no key has followed for a while: each use is a request, and may be announced. */
export function useTyped(value: string, onChange: (text: string) => void, pauseMs: number): Typed {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<string | null>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address may change without the field, e.g. with the back button.
  const known = useRef(value);
  useEffect(() => {
    if (known.current !== value) setText(value);
    known.current = value;
  }, [value]);
  const flush = (): void => {
    clearTimeout(timer.current);
    const typed = pending.current;
    pending.current = null;
    if (typed === null || typed === known.current) return;
    known.current = typed;
    onChange(typed);
  };
  return {
    text,
    type: (typed, isPart = false) => {
      setText(typed);
      clearTimeout(timer.current);
      pending.current = isPart ? null : typed.trim();
      if (!isPart) timer.current = setTimeout(flush, pauseMs);
    },
    flush,
  };
}
