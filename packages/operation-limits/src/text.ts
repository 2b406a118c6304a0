import { Lexer, Source, TokenKind } from 'graphql';
import { LimitExceeded } from './limits.js';

/** Brackets within each other at most, whatever they enclose: what walks a document by recursion must not run out of stack. */
const NESTED_AT_MOST = 200;
/** Characters of a name at most: as an alias, it comes back as often as the answer has objects. */
const LONGEST_NAME = 200;

const OPENING = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Throws LimitExceeded where a text has more tokens than `most`, or is too much for whoever parses it. What is not GraphQL is read as far as it is. */
export function checkText(text: string, most: number): void {
  const lexer = new Lexer(new Source(text));
  let nested = 0;
  for (let count = 0; ; count++) {
    const token = next(lexer);
    if (!token || token.kind === TokenKind.EOF) return;
    if (count >= most) throw new LimitExceeded('tokens', null, most);
    if (token.kind === TokenKind.NAME && token.end - token.start > LONGEST_NAME)
      throw new LimitExceeded('name', token.end - token.start, LONGEST_NAME);
    if (OPENING.has(token.kind) && ++nested > NESTED_AT_MOST) throw new LimitExceeded('nesting', null, NESTED_AT_MOST);
    if (CLOSING.has(token.kind)) nested--;
  }
}

function next(lexer: Lexer) {
  try {
    return lexer.advance();
  } catch {
    return null;
  }
}
