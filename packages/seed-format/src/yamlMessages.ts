import type { ErrorCode } from 'yaml';

interface Message {
  /** The code of the error in the YAML parser. */
  parserCode: ErrorCode;
  /** How the error begins in the words of the parser. */
  begins?: string;
  wrong: string;
  expected: string;
}

/** The errors that people make, in words of the format. The first that fits is taken. */
const MESSAGES: readonly Message[] = [
  { parserCode: 'TAB_AS_INDENT', wrong: 'a tab in the indentation', expected: 'spaces' },
  {
    parserCode: 'BAD_INDENT',
    begins: 'Flow',
    wrong: 'a bracket that does not close',
    expected: '"]" for each "[" and "}" for each "{", on a line that is indented like the record',
  },
  {
    parserCode: 'BLOCK_IN_FLOW',
    wrong: 'a bracket that does not close',
    expected: '"]" for each "[" and "}" for each "{", on a line that is indented like the record',
  },
  {
    parserCode: 'BAD_INDENT',
    wrong: 'a line that is indented in another way than those above it',
    expected: 'the keys of a record one below the other, and the items of a list, too',
  },
  {
    parserCode: 'MISSING_CHAR',
    begins: 'Missing closing',
    wrong: 'a quotation mark that does not close',
    expected: 'the same mark at the end of the text',
  },
  {
    parserCode: 'MISSING_CHAR',
    begins: 'Sequence item without -',
    wrong: 'a line between the records of a list',
    expected: '"- " before a record, or a key indented like the others of its record',
  },
  {
    parserCode: 'BLOCK_AS_IMPLICIT_KEY',
    wrong: 'a second colon in a line',
    expected: 'a text with a colon in quotation marks, and the next key on its own line, indented like the others',
  },
  {
    parserCode: 'MULTILINE_IMPLICIT_KEY',
    wrong: 'a line without a key',
    expected: '"key: value" with a space after the colon, and a text of several lines in quotation marks',
  },
  {
    parserCode: 'BAD_DQ_ESCAPE',
    wrong: 'a backslash that begins no escape sequence',
    expected: 'two backslashes, or the text in single quotation marks',
  },
  {
    parserCode: 'UNEXPECTED_TOKEN',
    begins: 'Unexpected scalar at node end',
    wrong: 'text after a closing quotation mark',
    expected:
      'one text in quotation marks, and a mark inside it doubled in single marks, or after a backslash in double ones',
  },
];

// ">=0" is the header of a block of text, "@x" is reserved.
const SPECIAL = /^(?:Block scalar header|Plain value cannot start)\D*?([>|@`%*&!])/;

/** An error of the YAML parser as a sentence: what is wrong, and what was expected. */
export function yamlMessage(code: ErrorCode, original: string): string {
  const [line = ''] = original.split('\n');
  const special = SPECIAL.exec(line)?.[1];
  if (special !== undefined)
    return `a value that begins with "${special}", which has a meaning in YAML; expected the value in quotation marks.`;
  const found = MESSAGES.find(({ parserCode, begins = '' }) => parserCode === code && line.startsWith(begins));
  return found ? `${found.wrong}; expected ${found.expected}.` : `${line.replace(/[.:]$/, '')}; expected valid YAML.`;
}
