/** One date as it is written: the parts that are known, and the mark of doubt that stands on the whole of it. */
export interface WrittenDate {
  year: number;
  month: number | null;
  day: number | null;
  mark: '' | '~' | '?' | '%';
}

const DATE = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?([~?%]?)$/;

/** A year, a month or a day of the Extended Date/Time Format; null for whatever else stands there. */
export function writtenDate(text: string): WrittenDate | null {
  const [, year, month, day, mark] = DATE.exec(text) ?? [];
  if (year === undefined) return null;
  return {
    year: Number(year),
    month: month ? Number(month) : null,
    day: day ? Number(day) : null,
    mark: (mark ?? '') as WrittenDate['mark'],
  };
}
