import { language } from '../messages/messages.js';
import { escapeInvisible } from './escapeInvisible.js';

/** The language of summaries, names and other texts of the graph. Other names of an actor have a language of their own. */
const GRAPH_LANGUAGE = 'en';

/** The language of an element with text of the graph; undefined if it is that of the page. */
export const graphLanguage = (): string | undefined => (language() === GRAPH_LANGUAGE ? undefined : GRAPH_LANGUAGE);

/**
 * Text from the graph or a document, as plain text that cannot affect the direction of the text around it. `lang` is its language, if that
 * is not the one of the graph; null if it is not known.
 */
export const SafeText = ({ text, class: name, lang }: { text: string; class?: string; lang?: string | null }) => (
  <bdi {...(name && { class: name })} lang={lang === undefined ? graphLanguage() : (lang ?? '')}>
    {escapeInvisible(text)}
  </bdi>
);
