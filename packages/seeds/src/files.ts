import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument, visit } from 'yaml';
import { commentsOf } from './comments.js';
import type { Path, Problem } from './problem.js';
import { quickYaml } from './quickYaml.js';

/** One YAML file, with the line of every value in it. */
export interface SeedFile {
  /** Relative to the seeds folder, e.g. `memri-sd-10149/actors.yaml`. */
  name: string;
  /** Its folder: a document's id, or `background`. */
  folder: string;
  /** Its name without the ending, e.g. `actors`. */
  stem: string;
  /** Characters. */
  size: number;
  content: unknown;
  lineOf: (path: Path) => number;
  comments: { line: number; text: string }[];
  /** What YAML itself refuses: syntax errors and keys that stand twice. And aliases: a record is read where it stands. */
  problems: Problem[];
}

export const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);

/** The names of all seed files, in order; files that are no YAML are left alone. */
export function seedFileNames(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .flatMap((entry) => readdirSync(join(dir, entry.name), { withFileTypes: true }).flatMap((file) => (file.isFile() ? [`${entry.name}/${file.name}`] : [])))
    .filter(isYaml)
    .sort();
}

/** SHA-256 over the names and bytes of all seed files: two folders of one digest hold the same seeds. */
export function seedsDigest(dir: string): string {
  const hash = createHash('sha256');
  for (const name of seedFileNames(dir))
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(dir, name)))
      .update('\0');
  return hash.digest('hex');
}

/** Bytes of all seed files. */
export const seedsSize = (dir: string): number => seedFileNames(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);

export function readSeedFile(dir: string, name: string): SeedFile {
  const source = readFileSync(join(dir, name), 'utf8');
  const [folder, file] = name.split('/') as [string, string];
  // What tells lines and errors is made only where it is asked for: valid seeds are many.
  let tree: SeedTree | undefined;
  const treeOf = () => {
    tree ??= parseTree(name, source);
    return tree;
  };
  const quick = quickYaml(source);
  let comments: SeedFile['comments'] | undefined;
  return {
    name,
    folder,
    stem: file.replace(/\.ya?ml$/, ''),
    size: source.length,
    content: quick ? quick.content : treeOf().content,
    lineOf: (path) => treeOf().lineOf(path),
    get comments() {
      comments ??= source.includes('#') ? commentsOf(source) : [];
      return comments;
    },
    problems: quick ? [] : treeOf().problems,
  };
}

type SeedTree = Pick<SeedFile, 'content' | 'lineOf' | 'problems'>;

function parseTree(name: string, source: string): SeedTree {
  const lines = new LineCounter();
  const yaml = parseDocument(source, { lineCounter: lines, uniqueKeys: true });
  const lineOf = (path: Path): number => {
    // The nearest value that is there: a missing key is reported at its record.
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node = depth === 0 ? yaml.contents : yaml.getIn(path.slice(0, depth), true);
      const range = (node as { range?: [number, number, number] } | undefined)?.range;
      if (range) return lines.linePos(range[0]).line;
    }
    return 1;
  };
  const refuse = (line: number, message: string): Problem => ({ file: name, line, path: '', message });
  const problems = yaml.errors.map((error) => refuse(error.linePos?.[0].line ?? 1, (error.message.split('\n')[0] as string).replace(/ at line .*$/, '.')));
  let hasAlias = false;
  visit(yaml, {
    Alias: (_, { source: anchor, range }) => {
      hasAlias = true;
      problems.push(refuse(lines.linePos(range?.[0] ?? 0).line, `an alias, "*${anchor}"; expected the value itself.`));
    },
  });
  // Of a file with errors in it as much as can be read, for the ids in it.
  return { content: hasAlias ? null : yaml.toJS(), lineOf, problems };
}
