/** Characters that a browser strips from a URL or that hide its target: control and invisible characters, spaces; and backslashes, which it reads as slashes. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Z}\\]/u;
/** User and host, before the path. */
const AUTHORITY = /^https?:\/\/([^/?#]*)/i;

/**
 * What is wrong with a URL that readers may follow, and what was expected; null if it is valid. A valid one is http or
 * https, has a host, and contains no credentials and no hidden characters.
 */
export function webUrlProblem(url: string): string | null {
  if (HIDDEN.test(url))
    return 'a URL with spaces, backslashes, control or invisible characters; expected none, or their percent-encoding';
  const authority = AUTHORITY.exec(url)?.[1];
  if (!authority || !URL.canParse(url))
    return 'not a web address; expected a URL that begins with http:// or https:// and a host, e.g. https://example.org/page';
  if (authority.includes('@')) return 'a URL with a user or a password; expected a URL without them';
  return null;
}
