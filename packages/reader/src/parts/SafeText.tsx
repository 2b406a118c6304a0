import { escapeInvisible } from './escapeInvisible.js';

/** Text that comes from the graph or from a document: inert, kept to its own direction. */
export const SafeText = ({ text, class: name }: { text: string; class?: string }) => (
  <bdi {...(name && { class: name })}>{escapeInvisible(text)}</bdi>
);
