/** Signs that are not seen but change how other signs are read or ordered, controls included. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const INVISIBLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

/** Text of a document as it may be shown: what would reorder or hide it is written out instead, so that it cannot. */
export const escapeInvisible = (text: string): string =>
  text.replace(INVISIBLE, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
