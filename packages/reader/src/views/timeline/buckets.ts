import { formatDate, t } from '../../messages/messages.js';
import { dateOf, dayOf, type Window } from './extent.js';

/** The most intervals that are counted at once: the operation has as many fields. */
export const MAX_BUCKETS = 12;

/** An interval of the timeline, by its first and last day. */
export interface Bucket {
  first: string;
  last: string;
}

const DAYS_OF_YEARS = 550;
const DAYS_OF_MONTHS = 40;

const pad = (value: number, length: number): string => String(value).padStart(length, '0');
const startOfMonth = (index: number): number =>
  dayOf(`${pad(Math.floor(index / 12), 4)}-${pad((index % 12) + 1, 2)}-01`) ?? 0;

/** Cuts a window into at most twelve intervals of whole years, months or days. They cover it without gaps. */
export function bucketsOf({ from, until }: Window): Bucket[] {
  const days = until - from;
  const cuts = new Set<number>([from]);
  if (days > DAYS_OF_MONTHS) {
    const [first, last] = [monthOf(from), monthOf(until - 1)];
    const months = days > DAYS_OF_YEARS ? 12 : 1;
    const start = first - (first % months);
    const step = months * Math.ceil((last - start + 1) / months / MAX_BUCKETS);
    for (let month = start; month <= last; month += step) if (startOfMonth(month) > from) cuts.add(startOfMonth(month));
  } else {
    const step = Math.max(1, Math.ceil(days / MAX_BUCKETS));
    for (let day = from; day < until; day += step) cuts.add(day);
  }
  const starts = [...cuts].sort((a, b) => a - b);
  return starts.map((start, index) => ({ first: dateOf(start), last: dateOf((starts[index + 1] ?? until) - 1) }));
}

function monthOf(day: number): number {
  const date = dateOf(day);
  return Number(date.slice(0, -6)) * 12 + Number(date.slice(-5, -3)) - 1;
}

/** A window of twice the length around the same middle, to zoom out. */
export function widen({ from, until }: Window, all: Window): Window {
  const half = Math.ceil((until - from) / 2);
  return { from: Math.max(all.from, from - half), until: Math.min(all.until, until + half) };
}

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const MONTH: Intl.DateTimeFormatOptions = { month: 'short' };

/** A month with its year, as short as it is in a language: what some add to a year takes as much room as the year. */
export const monthText = (date: Date): string =>
  t('date.month', { month: formatDate(date, MONTH), year: formatDate(date, { year: 'numeric' }) });

/** A short label of an interval: a year, years, a month, or days. */
export function bucketLabel({ first, last }: Bucket): string {
  const [start, end] = [new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`)];
  const [startYear, endYear] = [first.slice(0, -6), last.slice(0, -6)];
  if (first.endsWith('-01-01') && last.endsWith('-12-31'))
    return startYear === endYear ? startYear : `${startYear}–${endYear}`;
  if (first.slice(0, -3) === last.slice(0, -3) && first.endsWith('-01') && endOfMonth(last)) return monthText(start);
  if (first === last) return formatDate(start, DAY);
  if (startYear !== endYear) return `${startYear}–${endYear}`;
  return `${formatDate(start, DAY)} – ${formatDate(end, DAY)}`;
}

const endOfMonth = (date: string): boolean => dateOf((dayOf(date) ?? 0) + 1).endsWith('-01');
