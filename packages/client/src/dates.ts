import type { DateFragment } from './generated/graphql.js';

/** A date with the parts that are given, and its qualifier: approximate (~), uncertain (?) or both (%). */
export interface EdtfDate {
  year: number;
  month: number | null;
  day: number | null;
  mark: '' | '~' | '?' | '%';
}

const DATE = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?([~?%]?)$/;

/** Parses a year, month or day of the Extended Date/Time Format (https://www.loc.gov/standards/datetime/); null for anything else. */
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
 * A date as text, never more precise than the evidence: a month stays a month, an open end stays open. The basis is
 * added unless the document states the date. An unsupported form is returned unchanged.
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

/** The label of an EDTF set, `[…]`: one of its dates; null for anything else. */
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
 * A string that sorts dates in the order of the graph: by the first day if that is known, else by the
 * last. Dates that are open at both ends sort last, because no day begins with a tilde. The id breaks ties.
 */
export const dateKey = ({ earliest, latest }: Pick<DateFragment, 'earliest' | 'latest'>, id = ''): string =>
  `${earliest ?? latest ?? '~'} ${id}`;
