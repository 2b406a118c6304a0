import type { DateSpan } from '@dossier/domain';

type Frequency = 'ANNUAL' | 'QUARTERLY' | 'MONTHLY' | 'ONE_OFF';

/**
 * The length of a figure's period: ONE_OFF unless it is exactly a calendar year, quarter or month. A change or a ratio between two
 * periods of one length (`2019/2020`) has that length.
 */
export function frequencyOf({ edtf, earliest, latest }: DateSpan, { isChange }: { isChange: boolean }): Frequency {
  const ends = edtf.replaceAll(/[?~%]/g, '').split('/');
  if (isChange && ends.length === 2) {
    const [first, last] = ends.map((end) => (YEAR.test(end) ? 'ANNUAL' : MONTH.test(end) ? 'MONTHLY' : 'ONE_OFF'));
    return first === last ? (first as Frequency) : 'ONE_OFF';
  }
  if (earliest === null || latest === null) return 'ONE_OFF';
  const [fromYear, fromMonth, fromDay] = earliest.split('-').map(Number) as [number, number, number];
  const [untilYear, untilMonth, untilDay] = latest.split('-').map(Number) as [number, number, number];
  if (fromDay !== 1 || untilDay !== daysIn(untilYear, untilMonth)) return 'ONE_OFF';
  const months = (untilYear - fromYear) * 12 + untilMonth - fromMonth + 1;
  if (months === 1) return 'MONTHLY';
  if (months === 3 && fromMonth % 3 === 1) return 'QUARTERLY';
  return months === 12 && fromMonth === 1 ? 'ANNUAL' : 'ONE_OFF';
}

const YEAR = /^\d{4}$/;
const MONTH = /^\d{4}-\d{2}$/;

/** Days of a month, counted from 1. */
function daysIn(year: number, month: number): number {
  const last = new Date(0);
  // The day before the first of the next month; Date.UTC reads years below 100 as 19xx.
  last.setUTCFullYear(year, month, 0);
  return last.getUTCDate();
}
