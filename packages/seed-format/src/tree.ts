import { countBelow } from '@dossier/domain/facts';
import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type ParsedNode,
  Parser,
} from 'yaml';
import { type Path, truncate } from './problem.js';
import { firstError } from './quickYaml.js';
import { yamlMessage } from './yamlMessages.js';

/** A parsed YAML file: its content, the line of every value, and the YAML errors. */
export interface YamlTree {
  /** Null if the file has aliases or exceeds a limit; with other errors, as much as could be parsed. */
  content: unknown;
  /** The line of the value at a path, or of its nearest existing ancestor; 1 if the file exceeds a limit. */
  lineOf: (path: Path) => number;
  errors: YamlError[];
}

export interface YamlError {
  line: number;
  message: string;
  /** Whether the rest of the file may be misread because of it. */
  isSyntax: boolean;
}

export interface TreeLimits {
  /** Maximum nesting of collections. At least that of js-yaml, so that every file that `quickYaml` accepts has lines. */
  maxDepth: number;
  /** Maximum number of lexer tokens. Four million take one to two gigabytes of memory. */
  maxTokens: number;
  /** Maximum size of a file whose errors are all reported, in UTF-16 units. A larger one could hold millions: only the first is reported. */
  maxSizeForAllErrors: number;
}

const LIMITS: TreeLimits = { maxDepth: 100, maxTokens: 4_000_000, maxSizeForAllErrors: 4 * 1024 * 1024 };

class LimitError extends Error {}

/**
 * Parses a file in time linear in its length, whatever it contains. Aliases are errors: every record must be written out,
 * and a few nested aliases could expand to any amount of data.
 */
export function parseTree(source: string, limits: TreeLimits = LIMITS): YamlTree {
  const error = source.length > limits.maxSizeForAllErrors ? firstError(source) : null;
  if (error) return unreadable({ ...error, isSyntax: true });
  const lines = new LineCounter();
  try {
    return treeOf(compose(source, lines, limits), lines);
  } catch (cause) {
    if (!(cause instanceof LimitError)) throw cause;
    return unreadable({ line: lines.lineStarts.length, message: cause.message, isSyntax: true });
  }
}

const unreadable = (error: YamlError): YamlTree => ({ content: null, lineOf: () => 1, errors: [error] });

interface Composed {
  document: Document.Parsed;
  /** Offset of a second document in the same file; null if there is none. */
  second: number | null;
}

function compose(source: string, lines: LineCounter, limits: TreeLimits): Composed {
  // The library's own check for unique keys is quadratic, and its warnings would print content of the file to the terminal.
  const composer = new Composer({ uniqueKeys: false, logLevel: 'error' });
  let document: Document.Parsed | undefined;
  for (const next of composer.compose(tokensOf(source, lines, limits), true, source.length)) {
    if (document) return { document, second: next.range[0] };
    document = next;
  }
  return { document: document as Document.Parsed, second: null };
}

function* tokensOf(source: string, lines: LineCounter, { maxDepth, maxTokens }: TreeLimits) {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let count = 0;
  for (const lexeme of new Lexer().lex(source)) {
    yield* parser.next(lexeme);
    count += 1;
    // The stack also holds the document and a scalar.
    if (parser.stack.length > maxDepth + 2)
      throw new LimitError(`nested deeper than ${maxDepth} levels; expected records of the format.`);
    if (count > maxTokens) throw new LimitError(`more than ${maxTokens} YAML tokens in one file; expected fewer.`);
  }
  yield* parser.end();
}

function treeOf({ document, second }: Composed, lines: LineCounter): YamlTree {
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const walked = walk(document.contents);
  const lastQuoted = lastOf(walked.quoted);
  const errors = document.errors.map(({ code, pos, message }): YamlError => {
    const line = lineAt(pos[0]);
    // A text that was not closed ends at the next quotation mark, or at the end of the file.
    const open = MAY_BE_OPEN.has(code) ? lastQuoted(pos[0]) : null;
    return open && open.end <= pos[0] && lineAt(open.start) < lineAt(open.end)
      ? { line: lineAt(open.start), message: yamlMessage('MISSING_CHAR', 'Missing closing'), isSyntax: true }
      : { line, message: yamlMessage(code, message), isSyntax: true };
  });
  if (second !== null)
    errors.push({
      line: lineAt(second),
      message: 'Source contains multiple documents; expected one.',
      isSyntax: false,
    });
  for (const { offset, key, first, more } of walked.repeatedKeys) {
    const expected = more > 0 ? 'each key once, or "- " before the first key of another record' : 'each key once';
    errors.push({
      line: lineAt(offset),
      message: `the key "${truncate(key, MAX_SHOWN)}"${more > 0 ? ` and ${more} more are` : ' is'} given twice, first on line ${lineAt(first)}; expected ${expected}.`,
      isSyntax: false,
    });
  }
  for (const { offset, anchor } of walked.aliases)
    errors.push({
      line: lineAt(offset),
      message: `an alias, "*${anchor}"; expected the value itself.`,
      isSyntax: false,
    });
  const find = createFinder(document.contents);
  return {
    // If there are errors: whatever could be parsed, so that references to its ids are not reported as dangling.
    content: walked.aliases.length > 0 ? null : document.toJS(),
    lineOf: (path) => {
      const offset = find(path);
      return offset === null ? 1 : lineAt(offset);
    },
    errors,
  };
}

type YamlNode = ParsedNode | null;

const MAX_SHOWN = 80;
/** Errors that a missing quotation mark has. */
const MAY_BE_OPEN: ReadonlySet<string> = new Set(['MISSING_CHAR', 'UNEXPECTED_TOKEN']);

interface Walked {
  /** The first repeated key of each mapping, and how many more it has. */
  repeatedKeys: { offset: number; key: string; first: number; more: number }[];
  aliases: { offset: number; anchor: string }[];
  /** Texts in quotation marks. */
  quoted: { start: number; end: number }[];
}

/** Returns a function that finds the last of the texts that begins before an offset, or null, in logarithmic time. */
function lastOf(quoted: Walked['quoted']): (offset: number) => Walked['quoted'][number] | null {
  const sorted = quoted.toSorted((a, b) => a.start - b.start);
  const starts = sorted.map(({ start }) => start);
  return (offset) => sorted[countBelow(starts, offset) - 1] ?? null;
}

/** Finds the keys that repeat another key of their mapping, the aliases, and the texts in quotation marks. */
function walk(root: YamlNode): Walked {
  const repeatedKeys: Walked['repeatedKeys'] = [];
  const aliases: Walked['aliases'] = [];
  const quoted: Walked['quoted'] = [];
  const rest: YamlNode[] = [root];
  while (rest.length > 0) {
    const node = rest.pop() ?? null;
    if (isAlias(node)) aliases.push({ offset: node.range[0], anchor: node.source });
    else if (isSeq(node)) for (const item of node.items) rest.push(item as YamlNode);
    else if (isScalar(node) && /^QUOTE/.test(node.type ?? ''))
      quoted.push({ start: node.range[0], end: node.range[1] });
    else if (isMap(node)) {
      const seen = new Map<unknown, number>();
      let repeated: Walked['repeatedKeys'][number] | null = null;
      for (const { key, value } of node.items as { key: ParsedNode; value: YamlNode }[]) {
        rest.push(key, value);
        if (!isScalar(key)) continue;
        const first = seen.get(key.value);
        if (first === undefined) seen.set(key.value, key.range[0]);
        else if (repeated) repeated.more += 1;
        else {
          repeated = { offset: key.range[0], key: String(key.value), first, more: 0 };
          repeatedKeys.push(repeated);
        }
      }
    }
  }
  return { repeatedKeys, aliases, quoted };
}

/** Returns a function that finds the offset of the value at a path, or of its nearest existing ancestor. Each mapping is indexed once, on first use. */
function createFinder(root: YamlNode): (path: Path) => number | null {
  const indexes = new WeakMap<object, Map<string, YamlNode>>();
  const childOf = (node: YamlNode, step: string | number): YamlNode => {
    if (isSeq(node)) return (typeof step === 'number' ? (node.items[step] as YamlNode | undefined) : undefined) ?? null;
    if (!isMap(node)) return null;
    let index = indexes.get(node);
    if (!index) {
      index = new Map();
      for (const { key, value } of node.items as { key: ParsedNode; value: YamlNode }[]) {
        const name = isScalar(key) ? String(key.value) : null;
        if (name !== null && !index.has(name)) index.set(name, value);
      }
      indexes.set(node, index);
    }
    return index.get(String(step)) ?? null;
  };
  return (path) => {
    let node = root;
    let offset = root?.range[0] ?? null;
    for (const step of path) {
      node = childOf(node, step);
      if (!node) break;
      offset = node.range[0];
    }
    return offset;
  };
}
