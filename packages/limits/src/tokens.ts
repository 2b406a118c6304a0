import { Lexer, Source, TokenKind } from 'graphql';

/** Whether a text has more tokens than `most`; one that is not GraphQL is counted as far as it is. */
export function hasMoreTokens(text: string, most: number): boolean {
  // A token is a character at least.
  if (text.length <= most) return false;
  const lexer = new Lexer(new Source(text));
  try {
    for (let count = 0; lexer.advance().kind !== TokenKind.EOF; count++) if (count >= most) return true;
  } catch {
    return false;
  }
  return false;
}
