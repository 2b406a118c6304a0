import { positionOf } from '@dossier/client';

/** The views: the last part of the path of an address names one, and the empty name is the overview. */
export const VIEWS = [
  '',
  'document',
  'documents',
  'said',
  'tensions',
  'timeline',
  'sanctions',
  'trade',
  'network',
  'search',
  'actor',
  'place',
  'instrument',
] as const;
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

/** Parses the path and the query of a URL. Never throws. */
export function readAddress({ pathname, search }: { pathname: string; search: string }): Address {
  const name = pathname.slice(pathname.lastIndexOf('/') + 1);
  const view = VIEWS.find((each) => each === name) ?? null;
  return { view, params: Object.fromEntries(new URLSearchParams(search)) };
}

/**
 * Formats an address, relative to the page: all pages are in one folder, so it is valid behind any prefix. Empty parameters are
 * omitted and the others sorted by name, so that one state has one address.
 */
export function writeAddress(view: ViewName, params: Readonly<Record<string, string | null | undefined>> = {}): string {
  const given = Object.entries(params)
    .filter((entry): entry is [string, string] => Boolean(entry[1]))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${escapeParameter(name)}=${escapeParameter(value)}`);
  return `${view || './'}${given.length > 0 ? `?${given.join('&')}` : ''}`;
}

/** The address that an older link with its state after `#` means, e.g. `#/said?topic=labour`; null for another fragment. */
export function convertFragment(hash: string): string | null {
  const [, name = '', query = ''] = /^#\/([^?]*)(?:\?(.*))?$/s.exec(hash) ?? [];
  if (!hash.startsWith('#/')) return null;
  const { view, params } = readAddress({ pathname: `/${name.replace(/\/$/, '')}`, search: query });
  // An unknown view stays unknown: its address says so.
  return view === null ? encodeURIComponent(name) : writeAddress(view, params);
}

/** The address of a passage in the document view, e.g. with the `statement` that cites it. */
export function passageAddress(id: string, params: Readonly<Record<string, string | null | undefined>> = {}): string {
  const { document, start, end } = positionOf({ id });
  return writeAddress('document', { ...params, document, at: `${start},${end}` });
}

/** The page of an actor or a place. */
export const actorAddress = (id: string): string => writeAddress(id.startsWith('place:') ? 'place' : 'actor', { id });
