import { useEffect, useState } from 'preact/hooks';

const narrow = matchMedia('(max-width: 40rem)');

/** Whether the window is as narrow as a phone. */
export function useNarrow(): boolean {
  const [is, setIs] = useState(narrow.matches);
  useEffect(() => {
    const changed = (): void => setIs(narrow.matches);
    narrow.addEventListener('change', changed);
    return () => narrow.removeEventListener('change', changed);
  }, []);
  return is;
}
