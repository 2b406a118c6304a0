import { positionOf } from '@dossier/client';

/** The views, in the order of the menu. The first part of an address names one; the empty name is the overview. */
export const VIEWS = ['', 'document', 'said', 'tensions', 'timeline', 'sanctions', 'trade', 'network'] as const;
export type ViewName = (typeof VIEWS)[number];

/** The complete state of the pages, so that a shared address shows the same to everyone. */
export interface Address {
  /** Null if the address does not name a view. */
  view: ViewName | null;
  params: Readonly<Record<string, string>>;
}

/** Escapes that are undone, because these characters are valid and more readable in an address. */
const UNESCAPED: Record<string, string> = { '%3A': ':', '%2F': '/', '%2C': ',' };
const escapeParameter = (text: string): string =>
  encodeURIComponent(text).replace(/%3A|%2F|%2C/g, (code) => UNESCAPED[code] ?? code);

/** Parses the part of a URL after `#`. Never throws. */
export function readAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const name = path.replace(/\/$/, '');
  const view = VIEWS.find((each) => each === name) ?? null;
  return { view, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** Formats an address. Empty parameters are omitted and the others sorted by name, so that one state has one address. */
export function writeAddress(view: ViewName, params: Readonly<Record<string, string | null | undefined>> = {}): string {
  const given = Object.entries(params)
    .filter((entry): entry is [string, string] => Boolean(entry[1]))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${escapeParameter(name)}=${escapeParameter(value)}`);
  return `#/${view}${given.length > 0 ? `?${given.join('&')}` : ''}`;
}

/** The address of a passage in the document view, e.g. with the `statement` that cites it. */
export function passageAddress(id: string, params: Readonly<Record<string, string | null | undefined>> = {}): string {
  const { document, start, end } = positionOf({ id });
  return writeAddress('document', { ...params, document, at: `${start},${end}` });
}
