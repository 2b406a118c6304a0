/** A node of each type with lists; one with a list longer than a page of three, if any. */
export const PARENTS: Record<string, string> = {
  Person: 'person:kim-jong-un',
  Polity: 'polity:north-korea',
  Organization: 'organization:memri',
  MediaOutlet: 'outlet:nezavisimaya-gazeta',
  Group: 'group:north-korean-workers',
  Place: 'place:donbass',
  Document: 'document:memri-sd-10149',
  Regime: 'regime:un-dprk',
  Provision: 'provision:unscr-2397/8',
};
