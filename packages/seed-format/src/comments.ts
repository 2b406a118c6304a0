import { Lexer } from 'yaml';

// The lexer emits this token before a scalar, in which `#` does not begin a comment.
const SCALAR = '\u001f';

/** The comments of a YAML file. Comments on consecutive lines are joined, so that sentences stay complete. */
export function commentsOf(source: string): { line: number; text: string }[] {
  const comments: { line: number; last: number; text: string }[] = [];
  let line = 1;
  let before = '';
  for (const token of new Lexer().lex(source)) {
    if (token.startsWith('#') && before !== SCALAR) {
      const text = token.replace(/^#+\s*/, '');
      const previous = comments.at(-1);
      if (previous && previous.last === line - 1)
        Object.assign(previous, { last: line, text: `${previous.text} ${text}` });
      else comments.push({ line, last: line, text });
    }
    for (let end = token.indexOf('\n'); end >= 0; end = token.indexOf('\n', end + 1)) line += 1;
    before = token;
  }
  return comments.map(({ line: first, text }) => ({ line: first, text }));
}
