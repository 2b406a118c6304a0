/** The known bounds of a date; null for an open end. */
interface Bounds {
  earliest: string | null;
  latest: string | null;
}

export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** Whether a fact is stated for a day, given the date for which it is stated; null if it is stated without a date. */
export function isStatedFor(asOf: Bounds | null, day: string): boolean | null {
  if (asOf === null || (asOf.earliest === null && asOf.latest === null)) return null;
  return (asOf.earliest === null || asOf.earliest <= day) && (asOf.latest === null || day <= asOf.latest);
}

/** How a listing stood on a day. `maybe` if the day lies between the first and the last possible day of a listing or a delisting. */
export type ListingState = 'not yet' | 'listed' | 'maybe' | 'no longer';

/** The state of a listing on a day. The day of the listing counts as listed, and that of the delisting does not. */
export function listingOn(
  { listed, delisted }: { listed: Bounds; delisted: Bounds | null },
  day: string,
): ListingState {
  if (listed.earliest !== null && day < listed.earliest) return 'not yet';
  if (delisted?.latest && day >= delisted.latest) return 'no longer';
  const hasBegun = listed.latest !== null && day >= listed.latest;
  const mayHaveEnded = delisted !== null && (delisted.earliest === null || day >= delisted.earliest);
  return hasBegun && !mayHaveEnded ? 'listed' : 'maybe';
}
