/**
 * The text of the pages in English. `{name}` is replaced by a parameter; a message with a number has a form for each plural category
 * of the language, selected by the parameter `count`.
 */
export const en = {
  'site.name': 'Dossier',
  'site.skip': 'Skip to the content',
  'page.unknown': 'No such page',
  'page.unknown.text': 'Nothing is shown at this address.',
  'page.unknown.link': 'Go to the overview',
  'list.more': 'Show more',
  'list.shown': { one: '{count} shown', other: '{count} shown' },
} as const;
