import { writtenDate } from './edtf.js';
import type { DateFragment } from './generated/graphql.js';

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
const DOUBT = { '': '', '~': 'about ', '?': 'possibly ', '%': 'possibly about ' };
const KNOWN_HOW = { STATED: '', INFERRED: ' (inferred)', BACKGROUND: ' (from outside the document)', UNKNOWN: '' };

/**
 * A date in words, never more precise than the evidence: a month stays a month, an open end stays open. How it is known
 * is said unless the document states it. A form that is not understood is given as it is written.
 */
export function dateLabel({ edtf, basis }: Pick<DateFragment, 'edtf' | 'basis'>): string {
  if (edtf === '../..') return 'date unknown';
  return `${spanLabel(edtf) ?? edtf}${KNOWN_HOW[basis] ?? ''}`;
}

function spanLabel(edtf: string): string | null {
  const [, from, until] = /^([^/]+)\/([^/]+)$/.exec(edtf) ?? [];
  if (from === undefined || until === undefined) return oneLabel(edtf) ?? setLabel(edtf);
  if (from === '..') return prefixed('not after ', until);
  if (until === '..') return prefixed('not before ', from);
  return joined([from, until], ' to ');
}

/** `[..]`: one of the days in it. */
function setLabel(edtf: string): string | null {
  const inner = /^\[(.+)\]$/.exec(edtf)?.[1];
  if (inner === undefined) return null;
  if (inner.startsWith('..')) return prefixed('not after ', inner.slice(2));
  if (inner.endsWith('..')) return prefixed('not before ', inner.slice(0, -2));
  if (inner.includes(',')) return joined(inner.split(','), ' or ');
  const between = joined(inner.split('..'), ' and ');
  return between && `between ${between}`;
}

function oneLabel(text: string): string | null {
  const date = writtenDate(text);
  if (!date) return null;
  const month = date.month === null ? null : MONTHS[date.month - 1];
  return DOUBT[date.mark] + [date.day, month, text.slice(0, 4)].filter((part) => part !== null).join(' ');
}

function prefixed(prefix: string, text: string): string | null {
  const label = oneLabel(text);
  return label && prefix + label;
}

function joined(texts: string[], word: string): string | null {
  const labels = texts.map(oneLabel);
  return labels.includes(null) ? null : labels.join(word);
}
