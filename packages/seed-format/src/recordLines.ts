import type { Path } from './problem.js';
import { parseTree, type YamlTree } from './tree.js';

/** Where a record begins. */
interface Start {
  line: number;
  /** Offset of its dash, with the indentation before it. */
  offset: number;
}

interface Section {
  records: Start[];
  /** Offset of the end of the section. */
  end: number;
}

/** A line that begins a record, with content after its dash. */
const RECORD = /^( *)- +[^\s#]/;
const SECTION = /^([a-z]+):\s*(?:#.*)?\s*$/;
/** A record that begins on the next line. */
const LONE_DASH = /\n *-[ \t]*(?:#.*)?\r?\n/;
const EMPTY_SECTION = /^[a-z]+: *\[\] *(?:#.*)?$/;

/**
 * The number of records in a file, without parsing it; null if it has to be parsed, because a section is not a list in block style or has no
 * name of its own on a line. Does not notice errors within records.
 */
export function recordsIn(source: string): number | null {
  const tops = source.match(/^[^\s#-].*$/gm) ?? [];
  const isPlain = tops.length > 0 && tops.every((line) => SECTION.test(line) || EMPTY_SECTION.test(line));
  if (!isPlain || LONE_DASH.test(source)) return null;
  return [...sectionsOf(source).values()].reduce((sum, { records }) => sum + records.length, 0);
}

/** The number of records in each section that is a list. */
export const countRecords = (content: unknown): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(content ?? {}).flatMap(([section, records]) =>
      Array.isArray(records) ? [[section, records.length] as const] : [],
    ),
  );

/**
 * Finds lines in a valid file by parsing only the record that has them, because parsing a large file for one line takes most of the
 * time of a command. Returns null for a path that is not in a record, and in sections that are not lists in block style, in which
 * this finds another number of records than `counts`.
 */
export function recordLines(source: string, counts: ReadonlyMap<string, number>): (path: Path) => number | null {
  let sections: Map<string, Section> | undefined;
  const trees = new Map<number, YamlTree>();
  return ([name, index, ...inner]) => {
    if (typeof name !== 'string' || typeof index !== 'number') return null;
    sections ??= sectionsOf(source);
    const section = sections.get(name);
    const start = section?.records[index];
    if (!section || !start || section.records.length !== counts.get(name)) return null;
    if (inner.length === 0) return start.line;
    let tree = trees.get(start.offset);
    if (!tree) {
      tree = parseTree(source.slice(start.offset, section.records[index + 1]?.offset ?? section.end));
      trees.set(start.offset, tree);
    }
    return start.line - 1 + tree.lineOf([0, ...inner]);
  };
}

/**
 * The sections whose name is alone on its line. A line with a dash at the indentation of the first record begins a record: what is
 * inside a record, also a text of several lines, is indented further.
 */
function sectionsOf(source: string): Map<string, Section> {
  const sections = new Map<string, Section>();
  let current: Section | null = null;
  let indent: string | null = null;
  let line = 0;
  for (let offset = 0; offset < source.length; ) {
    const end = source.indexOf('\n', offset);
    const next = end < 0 ? source.length : end + 1;
    const text = source.slice(offset, next);
    line += 1;
    const name = SECTION.exec(text)?.[1];
    const dash = RECORD.exec(text);
    if (name !== undefined) {
      if (current) current.end = offset;
      current = { records: [], end: source.length };
      indent = null;
      sections.set(name, current);
    } else if (current && dash && (indent ?? dash[1]) === dash[1]) {
      indent = dash[1] as string;
      current.records.push({ line, offset });
    } else if (current && /^[^\s#-]/.test(text)) {
      current.end = offset;
      current = null;
    }
    offset = next;
  }
  return sections;
}
