import { visible } from './visible.js';

/** Text that comes from the graph or from a document: inert, kept to its own direction. */
export const Said = ({ text, class: name }: { text: string; class?: string }) => (
  <bdi {...(name && { class: name })}>{visible(text)}</bdi>
);
