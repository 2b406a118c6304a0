import type { DateFragment } from '@dossier/client';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A window of time, in days since 1970; `until` is the day after the last. */
export interface Window {
  from: number;
  until: number;
}

/** Where a span of time lies in a window, in shares of its width. */
export interface Extent {
  left: number;
  width: number;
  /** Nothing tells when it begins. */
  opensLeft: boolean;
  /** Nothing tells when it ends. */
  opensRight: boolean;
  /** It begins on a known day, before the window does. */
  isCutLeft: boolean;
  isCutRight: boolean;
  /** On which side of the window it lies wholly, and nothing of it is drawn; null where it reaches into it. */
  outside: 'before' | 'after' | null;
  /** The day is known, and only one. */
  isOneDay: boolean;
}

/** Days since 1970; null for what is no date. */
export function dayOf(date: string | null | undefined): number | null {
  const time = /^\d{4}-\d\d-\d\d$/.test(date ?? '') ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time / DAY_MS;
}

export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

type Bounds = Pick<DateFragment, 'earliest' | 'latest'>;

/** A span as wide as it is unsure. An end that is open runs to the edge of the window and says so. */
export function extentOf({ earliest, latest }: Bounds, { from, until }: Window): Extent {
  const first = dayOf(earliest);
  const last = dayOf(latest);
  const start = first ?? Number.NEGATIVE_INFINITY;
  const end = last === null ? Number.POSITIVE_INFINITY : last + 1;
  const base = {
    opensLeft: first === null,
    opensRight: last === null,
    isCutLeft: first !== null && start < from,
    isCutRight: last !== null && end > until,
    isOneDay: first !== null && first === last,
  };
  if (end <= from) return { ...base, left: 0, width: 0, outside: 'before' };
  if (start >= until) return { ...base, left: 1, width: 0, outside: 'after' };
  const shown = { start: Math.max(start, from), end: Math.min(end, until) };
  const length = until - from;
  return { ...base, left: (shown.start - from) / length, width: (shown.end - shown.start) / length, outside: null };
}

export interface Preset extends Window {
  key: string;
  label: string;
}

/** Windows to look through: everything, and ever closer to the last known day. */
export function presetsOf(spans: readonly Bounds[]): Preset[] {
  const days = spans.flatMap(({ earliest, latest }) => [dayOf(earliest), dayOf(latest)]).filter((day) => day !== null);
  if (days.length === 0) return [];
  const first = Math.min(...days);
  const last = Math.max(...days);
  const year = Number(dateOf(last).slice(0, 4));
  const begin = (of: number): number => dayOf(`${String(of).padStart(4, '0')}-01-01`) ?? first;
  const margin = Math.max(2, Math.round((last - first) * 0.02));
  return [
    { key: 'all', label: 'All years', from: first - margin, until: last + 1 + margin },
    { key: 'six', label: `${year - 5} to ${year}`, from: begin(year - 5), until: begin(year + 1) },
    { key: 'year', label: String(year), from: begin(year), until: begin(year + 1) },
    { key: 'months', label: 'The last two months', from: last - 60, until: last + 8 },
  ];
}

/** The window that an address asks for; without one, the last year. */
export function parseWindow(param: string | undefined, presets: readonly Preset[]): Window {
  const [from, until] = (param ?? '').split(',').map(dayOf);
  if (from !== null && from !== undefined && until !== null && until !== undefined && from <= until)
    return { from, until: until + 1 };
  return presets.find(({ key }) => key === param) ?? presets.find(({ key }) => key === 'year') ?? { from: 0, until: 1 };
}
