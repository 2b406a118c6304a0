/** The views, in the order of the menu. The first part of an address names one; without it, it is the overview. */
export const VIEWS = ['', 'document', 'said', 'timeline', 'sanctions', 'trade', 'network'] as const;
export type ViewName = (typeof VIEWS)[number];

/** What is shown, whole: an address that is shared shows the same to whoever opens it. */
export interface Address {
  /** Null where the address names no view. */
  view: ViewName | null;
  params: Readonly<Record<string, string>>;
}

/** Legible in an address as they stand; everything else is escaped. */
const UNESCAPED: Record<string, string> = { '%3A': ':', '%2F': '/', '%2C': ',' };
const escapeParameter = (text: string): string =>
  encodeURIComponent(text).replace(/%3A|%2F|%2C/g, (code) => UNESCAPED[code] ?? code);

/** Reads the part of a URL after `#`. Whatever somebody typed there, it never throws. */
export function readAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const name = path.replace(/\/$/, '');
  const view = VIEWS.find((each) => each === name) ?? null;
  return { view, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** Parameters that are empty are left out; the rest stand in order of their names, so that one state has one address. */
export function writeAddress(view: ViewName, params: Readonly<Record<string, string | null | undefined>> = {}): string {
  const given = Object.entries(params)
    .filter((entry): entry is [string, string] => Boolean(entry[1]))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${escapeParameter(name)}=${escapeParameter(value)}`);
  return `#/${view}${given.length > 0 ? `?${given.join('&')}` : ''}`;
}
