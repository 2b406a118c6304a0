import { signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { MessageKey } from '../messages/messages.js';

/** The title of a dataset. */
export type DatasetTitle = Extract<MessageKey, `dataset.${string}`>;

type Counts = Readonly<Partial<Record<DatasetTitle, number | null | undefined>>>;

/** How many records the datasets of the view have, as far as it has loaded that. */
export const recordCounts = signal<Counts>({});

/** Says how many records datasets have, as long as a part of a view shows them: one without any is not offered as a file. */
export function useRecordCounts(counts: Counts): void {
  useLayoutEffect(() => {
    recordCounts.value = { ...recordCounts.peek(), ...counts };
    return () => {
      const others = Object.entries(recordCounts.peek()).filter(([title]) => !Object.hasOwn(counts, title));
      recordCounts.value = Object.fromEntries(others);
    };
  }, [JSON.stringify(counts)]);
}
