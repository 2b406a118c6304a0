import { signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

/** The chart of the view, as it is saved. */
interface ShownPicture {
  title: string;
  /** What it leaves out, one sentence each. */
  notes: readonly string[];
}

/** The chart that the view shows; null if it has none now. */
export const shownPicture = signal<ShownPicture | null>(null);

/** Offers the chart of a view for saving, as long as there is one. */
export function usePicture(title: string | null, notes: readonly string[] = []): void {
  useLayoutEffect(() => {
    shownPicture.value = title === null ? null : { title, notes };
    return () => {
      shownPicture.value = null;
    };
  }, [title, notes.join()]);
}
