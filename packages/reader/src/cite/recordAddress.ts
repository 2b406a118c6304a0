import { passageAddress, type ViewName, writeAddress } from '../address.js';

/** The view and its parameter that show a record, by the type in its id. */
const VIEW_OF: Record<string, [view: ViewName, parameter: string]> = {
  statement: ['said', 'statement'],
  document: ['document', 'document'],
  tension: ['tensions', 'tension'],
  caution: ['tensions', 'caution'],
  event: ['timeline', 'event'],
  provision: ['sanctions', 'provision'],
  regime: ['sanctions', 'regime'],
  designation: ['sanctions', 'listing'],
  figure: ['trade', 'figure'],
  person: ['actor', 'id'],
  polity: ['actor', 'id'],
  organization: ['actor', 'id'],
  outlet: ['actor', 'id'],
  group: ['actor', 'id'],
  place: ['place', 'id'],
  instrument: ['instrument', 'id'],
};

/** The address of the page that shows a record; of the overview for an id of a type that has no page. */
export function recordAddress(id: string, params: Record<string, string | null | undefined> = {}): string {
  const type = id.slice(0, Math.max(0, id.indexOf(':')));
  if (type === 'citation') return passageAddress(id);
  const [view, parameter] = VIEW_OF[type] ?? ['', 'id'];
  return writeAddress(view, { ...params, [parameter]: id });
}

/** The same as a URL. */
export const recordUrl = (id: string, params?: Record<string, string | null | undefined>): string =>
  new URL(recordAddress(id, params), location.href).href;
