/**
 * Characters that are not visible, or that reorder the text around them: two names that differ only in these look the same. Variation
 * selectors choose the form of a character that is visible, and line breaks are reported elsewhere.
 */
const INVISIBLE =
  /(?![\p{Variation_Selector}\n\r\f\v\u0085])[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\ufff9-\ufffb]/gu;

/** Scripts in which joiners change how letters are written, as between the parts of Persian names. */
const JOINED =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Nko}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}';
const JOINER = /^[\u200c\u200d]$/;
const MAY_BE_JOINED = new RegExp(`^[${JOINED}][\u200c\u200d][${JOINED}]$`, 'u');

/** What is wrong with a name that has invisible characters, and what was expected; null if it has none. Joiners within words of scripts that need them are allowed. */
export function invisibleProblem(name: string): string | null {
  for (const { 0: character, index } of name.matchAll(INVISIBLE)) {
    const around = [...name.slice(Math.max(0, index - 2), index)].slice(-1).concat(character);
    const [after = ''] = name.slice(index + character.length);
    if (JOINER.test(character) && MAY_BE_JOINED.test([...around, after].join(''))) continue;
    return `expected no invisible characters, but it has ${codePointOf(character)} as character ${[...name.slice(0, index)].length + 1}`;
  }
  return null;
}

/** A character as `U+0041`. */
export const codePointOf = (character: string): string =>
  `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
