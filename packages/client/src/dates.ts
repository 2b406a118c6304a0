import type { DateFragment } from './generated/graphql.js';

/** One date as it is written: the parts that are known, and the mark of doubt that stands on the whole of it. */
export interface EdtfDate {
  year: number;
  month: number | null;
  day: number | null;
  mark: '' | '~' | '?' | '%';
}

const DATE = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?([~?%]?)$/;

/** A year, a month or a day of the Extended Date/Time Format; null for whatever else stands there. */
export function parseDate(text: string): EdtfDate | null {
  const [, year, month, day, mark] = DATE.exec(text) ?? [];
  if (year === undefined) return null;
  return {
    year: Number(year),
    month: month ? Number(month) : null,
    day: day ? Number(day) : null,
    mark: (mark ?? '') as EdtfDate['mark'],
  };
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const QUALIFIERS = { '': '', '~': 'about ', '?': 'possibly ', '%': 'possibly about ' };
const BASIS_NOTES = { STATED: '', INFERRED: ' (inferred)', BACKGROUND: ' (from outside the document)', UNKNOWN: '' };

/**
 * A date in words, never more precise than the evidence: a month stays a month, an open end stays open. How it is known
 * is said unless the document states it. A form that is not understood is given as it is written.
 */
export function dateLabel({ edtf, basis }: Pick<DateFragment, 'edtf' | 'basis'>): string {
  if (edtf === '../..') return 'date unknown';
  return `${spanLabel(edtf) ?? edtf}${BASIS_NOTES[basis] ?? ''}`;
}

function spanLabel(edtf: string): string | null {
  const [, from, until] = /^([^/]+)\/([^/]+)$/.exec(edtf) ?? [];
  if (from === undefined || until === undefined) return singleDateLabel(edtf) ?? setLabel(edtf);
  if (from === '..') return prefixLabel('not after ', until);
  if (until === '..') return prefixLabel('not before ', from);
  return joinLabels([from, until], ' to ');
}

/** `[..]`: one of the days in it. */
function setLabel(edtf: string): string | null {
  const inner = /^\[(.+)\]$/.exec(edtf)?.[1];
  if (inner === undefined) return null;
  if (inner.startsWith('..')) return prefixLabel('not after ', inner.slice(2));
  if (inner.endsWith('..')) return prefixLabel('not before ', inner.slice(0, -2));
  if (inner.includes(',')) return joinLabels(inner.split(','), ' or ');
  const between = joinLabels(inner.split('..'), ' and ');
  return between && `between ${between}`;
}

function singleDateLabel(text: string): string | null {
  const date = parseDate(text);
  if (!date) return null;
  const month = date.month === null ? null : MONTHS[date.month - 1];
  return QUALIFIERS[date.mark] + [date.day, month, text.slice(0, 4)].filter((part) => part !== null).join(' ');
}

function prefixLabel(prefix: string, text: string): string | null {
  const label = singleDateLabel(text);
  return label && prefix + label;
}

function joinLabels(texts: string[], word: string): string | null {
  const labels = texts.map(singleDateLabel);
  return labels.includes(null) ? null : labels.join(word);
}

/**
 * Puts dates in the graph's own order when compared as plain text: by the first day where that is known, else by the
 * last; those open at both ends last, for no day begins with a tilde. An id, where given, breaks ties.
 */
export const dateKey = ({ earliest, latest }: Pick<DateFragment, 'earliest' | 'latest'>, id = ''): string =>
  `${earliest ?? latest ?? '~'} ${id}`;
