/** Control characters, and invisible characters that hide or reorder others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this matches.
const INVISIBLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

const codeOf = (sign: string): string => sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

/** JSON of a value, in which these characters are escaped: it can be read as it is, and has the same value. */
export const visibleJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(INVISIBLE, (sign) => `\\u${codeOf(sign)}`);

/** Replaces characters that would hide or reorder text by a visible code, e.g. ⟨U+202E⟩. */
export const escapeInvisible = (text: string): string => text.replace(INVISIBLE, (sign) => `⟨U+${codeOf(sign)}⟩`);
