/** Objects and lists within each other at most, of a request's JSON: what walks them by recursion must not run out of stack. */
export const NESTED_AT_MOST = 200;

const QUOTE = 34;
const BACKSLASH = 92;
const isOpening = (code: number): boolean => code === 91 || code === 123;
const isClosing = (code: number): boolean => code === 93 || code === 125;

/** Whether brackets in a text of JSON stand deeper than `limit`; a text that is too short for that is not looked at. */
export function isNestedDeeper(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (isOpening(code) && ++depth > limit) return true;
    else if (isClosing(code)) depth--;
  }
  return false;
}
