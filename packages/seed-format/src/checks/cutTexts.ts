import type { Comment } from '../comments.js';
import type { Problem } from '../problem.js';
import { isTextPath } from '../textPaths.js';
import { type Check, contentsOf, problemAt } from './input.js';

type TrailingComment = Comment & { after: string };

/**
 * Reports texts without quotation marks before a comment on the same line: YAML reads "Order #5" as "Order", and nothing else would show that the
 * rest is missing.
 */
export const cutTexts: Check = ({ entries, files }) => {
  const trailing = new Map<string, TrailingComment[]>();
  for (const { name, comments } of files) {
    const found = comments.filter((comment): comment is TrailingComment => comment.after !== null);
    if (found.length > 0) trailing.set(name, found);
  }
  if (trailing.size === 0) return [];
  return entries.flatMap((entry): Problem[] => {
    const { file, section, path } = entry.parsed;
    const comments = trailing.get(file.name);
    if (!comments) return [];
    return contentsOf(entry).texts.flatMap(({ value, path: inner }) => {
      const words = fold(value);
      const found = comments.filter(({ after }) => words.endsWith(fold(after)));
      if (found.length === 0 || !isTextPath(section, inner)) return [];
      const line = file.lineOf([...path, ...inner]);
      const comment = found.find((each) => line <= each.line && each.line <= line + value.length);
      return comment
        ? [
            problemAt(
              entry,
              inner,
              `YAML ends the text at "#", so the rest, "${comment.text}", is a comment; expected the whole text in quotation marks, or the comment on a line of its own.`,
            ),
          ]
        : [];
    });
  });
};

const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();
