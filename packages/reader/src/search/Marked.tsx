import { escapeInvisible } from '../parts/escapeInvisible.js';
import { markWords } from './rank.js';

/** A text with the words that match what was typed highlighted. */
export const Marked = ({ text, typed }: { text: string; typed: readonly string[] }) => (
  <bdi>
    {markWords(text, typed).map(({ text: part, isMatch }, index) =>
      isMatch ? <mark key={index}>{escapeInvisible(part)}</mark> : escapeInvisible(part),
    )}
  </bdi>
);
