import type { DateFragment } from '@dossier/client';
import { t } from '../../messages/messages.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A window of time, in days since 1970; `until` is the day after the last. */
export interface Window {
  from: number;
  until: number;
}

/** The position of a date in a window, as fractions of the width of the window. */
export interface Extent {
  left: number;
  width: number;
  /** Its beginning is not known. */
  opensLeft: boolean;
  /** Its end is not known. */
  opensRight: boolean;
  /** It begins on a known day before the window. */
  isCutLeft: boolean;
  isCutRight: boolean;
  /** The side of the window that it lies on if it is completely outside; else null. */
  outside: 'before' | 'after' | null;
  /** It is exactly one known day. */
  isOneDay: boolean;
}

/** Days since 1970; null if the text is not a date. */
export function dayOf(date: string | null | undefined): number | null {
  const time = /^\d{4}-\d\d-\d\d$/.test(date ?? '') ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time / DAY_MS;
}

export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

type Bounds = Pick<DateFragment, 'earliest' | 'latest'>;

/** The extent of a date in a window. An open end reaches the edge of the window. */
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

/** The preset windows: all years, and shorter ones at the end. */
export function presetsOf(spans: readonly Bounds[]): Preset[] {
  const days = spans.flatMap(({ earliest, latest }) => [dayOf(earliest), dayOf(latest)]).filter((day) => day !== null);
  if (days.length === 0) return [];
  const first = Math.min(...days);
  const last = Math.max(...days);
  const year = Number(dateOf(last).slice(0, 4));
  const begin = (of: number): number => dayOf(`${String(of).padStart(4, '0')}-01-01`) ?? first;
  const margin = Math.max(2, Math.round((last - first) * 0.02));
  return [
    { key: 'all', label: t('timeline.allYears'), from: first - margin, until: last + 1 + margin },
    {
      key: 'six',
      label: t('timeline.years', { from: String(year - 5), until: String(year) }),
      from: begin(year - 5),
      until: begin(year + 1),
    },
    { key: 'year', label: String(year), from: begin(year), until: begin(year + 1) },
    { key: 'months', label: t('timeline.months'), from: last - 60, until: last + 8 },
  ];
}

/** The years of a date, as the window in an address, if the last year does not have it. */
export function windowAround({ earliest, latest }: Bounds, presets: readonly Preset[]): string | undefined {
  const usual = presets.find(({ key }) => key === 'year');
  if (!usual || extentOf({ earliest, latest }, usual).outside === null) return undefined;
  const yearOf = (date: string | null): string | undefined => date?.slice(0, -6);
  const [first, last] = [yearOf(earliest ?? latest), yearOf(latest ?? earliest)];
  return `${first}-01-01,${last}-12-31`;
}

/** Parses the window in an address; without a valid one, the last year. */
export function parseWindow(param: string | undefined, presets: readonly Preset[]): Window {
  const [from, until] = (param ?? '').split(',').map(dayOf);
  if (from !== null && from !== undefined && until !== null && until !== undefined && from <= until)
    return { from, until: until + 1 };
  return presets.find(({ key }) => key === param) ?? presets.find(({ key }) => key === 'year') ?? { from: 0, until: 1 };
}
