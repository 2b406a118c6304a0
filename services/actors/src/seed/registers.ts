/** Registers that have a page per entry, by scheme: the pattern of their ids and the URL before the id. */
const REGISTERS: ReadonlyMap<string, { id: RegExp; pages: string }> = new Map([
  ['wikidata', { id: /^[LPQ]\d+$/, pages: 'https://www.wikidata.org/wiki/' }],
]);

/** The URL of an identifier's page; null if its scheme has no pages, or if the value is not an id of the scheme. */
export function registerUrl({ scheme, value }: { scheme: string; value: string }): string | null {
  const register = REGISTERS.get(scheme);
  return register?.id.test(value) ? register.pages + value : null;
}
