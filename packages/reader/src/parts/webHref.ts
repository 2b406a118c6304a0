/** Characters that a browser strips from a URL or that hide its target; and backslashes, which it reads as slashes. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Z}\\]/u;
/** An http or https URL with a host and no credentials. */
const WEB = /^https?:\/\/[^/?#@]+(?:[/?#]|$)/i;

/**
 * The href of a link to a page outside the reader, for a URL from the graph. Null if there is none, or if it is not an http
 * or https URL with a host and without credentials: every such link must use this, so that no store can inject a script.
 */
export const webHref = (url: string | null | undefined): string | null =>
  url && WEB.test(url) && !HIDDEN.test(url) && URL.canParse(url) ? url : null;
