/**
 * Characters that can control a terminal, or hide or reorder the text around them: control characters, invisible and
 * bidirectional formatting, line separators, tags and unpaired surrogates. Zero-width joiners are left alone, because
 * several scripts need them.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this matches
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;

/**
 * Makes text safe to print to a terminal: replaces each unsafe character with its JSON escape, e.g. `\u001b`. Tabs and line
 * feeds stay. JSON stays valid and keeps its value.
 */
export const escapeUnsafe = (text: string): string => text.replace(UNSAFE, escapeUnits);

/** The same, with line feeds escaped too, so that a value cannot imitate a line of output. */
export const escapeLine = (text: string): string => escapeUnsafe(text).replaceAll('\n', '\\n');

const escapeUnits = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
