import { escapeInvisible } from './escapeInvisible.js';

/** Text from the graph or a document, as plain text that cannot affect the direction of the text around it. */
export const SafeText = ({ text, class: name }: { text: string; class?: string }) => (
  <bdi {...(name && { class: name })}>{escapeInvisible(text)}</bdi>
);
