/** The default day: the date of the first document. */
const DEFAULT_DAY = '2022-08-19';

/** The day in an address; the default if it has no valid one. */
export function dayInAddress(text: string | undefined): string {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return DEFAULT_DAY;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : DEFAULT_DAY;
}

/** The status of a provision on a day. The first and last day in force are included. */
export function forceOn(
  { inForceFrom, inForceUntil }: { inForceFrom: string; inForceUntil: string | null },
  day: string,
): 'not yet' | 'in force' | 'no longer' {
  if (day < inForceFrom) return 'not yet';
  return inForceUntil !== null && day > inForceUntil ? 'no longer' : 'in force';
}
