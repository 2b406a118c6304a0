import { Lexer } from 'yaml';

// The lexer emits this token before a scalar without quotation marks, in which `#` does not begin a comment.
const SCALAR = '\u001f';

/** A comment of a YAML file. */
export interface Comment {
  line: number;
  text: string;
  /** The scalar without quotation marks before it on the same line, which ends at the comment; null if there is none. */
  after: string | null;
}

/** The comments of a YAML file. Comments on consecutive lines are joined, so that sentences stay complete. */
export function commentsOf(source: string): Comment[] {
  const comments: (Comment & { last: number })[] = [];
  let line = 1;
  let before = '';
  let scalar: string | null = null;
  for (const token of new Lexer().lex(source)) {
    if (token.startsWith('#') && before !== SCALAR) {
      const text = token.replace(/^#+\s*/, '');
      const previous = comments.at(-1);
      if (scalar === null && previous && previous.last === line - 1)
        Object.assign(previous, { last: line, text: `${previous.text} ${text}` });
      else comments.push({ line, last: line, text, after: scalar });
    }
    if (before === SCALAR && !token.endsWith('\n')) scalar = token;
    else if (!/^[ \t]*$/.test(token)) scalar = null;
    for (let end = token.indexOf('\n'); end >= 0; end = token.indexOf('\n', end + 1)) line += 1;
    before = token;
  }
  return comments.map(({ line: first, text, after }) => ({ line: first, text, after }));
}
