import { signal } from '@preact/signals';

/** The first and last day that the timeline shows, which the address may not name; null before they are known. */
export const shownDays = signal<{ from: string; until: string } | null>(null);
