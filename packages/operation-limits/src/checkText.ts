import { Lexer, Source, TokenKind } from 'graphql';
import { LimitExceeded } from './limits.js';

/** Maximum number of nested brackets: parsing and validation are recursive and must not exhaust the stack. */
const MAX_NESTING = 200;
/** Maximum length of a name: as an alias, it is repeated for each object of the response. */
const MAX_NAME_LENGTH = 200;

const OPENING = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Throws LimitExceeded if a text has more than `maxTokens` tokens, or is unsafe to parse. Stops at the first syntax
 * error.
 */
export function checkText(text: string, maxTokens: number): void {
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  for (let count = 0; ; count++) {
    const token = next(lexer);
    if (!token || token.kind === TokenKind.EOF) return;
    if (count >= maxTokens) throw new LimitExceeded('tokens', null, maxTokens);
    if (token.kind === TokenKind.NAME && token.end - token.start > MAX_NAME_LENGTH)
      throw new LimitExceeded('name', token.end - token.start, MAX_NAME_LENGTH);
    if (OPENING.has(token.kind) && ++nesting > MAX_NESTING) throw new LimitExceeded('nesting', null, MAX_NESTING);
    if (CLOSING.has(token.kind)) nesting--;
  }
}

function next(lexer: Lexer) {
  try {
    return lexer.advance();
  } catch {
    return null;
  }
}
