import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Problem } from '../problem.js';
import { readSeeds } from '../read.js';
import { ruritania, type SeedContents, TEXT, type Yaml } from './ruritania.js';

/** What is other than in the valid seeds: by file and path of the value; undefined takes the value out. */
export type Changes = Record<string, Record<string, Yaml | undefined>>;

export interface FolderOptions {
  /** Files as they are, by their name with its ending. */
  raw?: Record<string, string>;
  /** The text that is mounted, null for none; and the name of its file. */
  text?: string | null;
  textName?: string;
}

/** The steps of a path as messages write it: `statements[0].saidOn.edtf`. */
const stepsOf = (path: string): (string | number)[] =>
  (path.match(/[^.[\]]+/g) ?? []).map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** The value of a file at a path. */
export const valueAt = (contents: SeedContents, file: string, path: string): Yaml | undefined =>
  stepsOf(path).reduce<Yaml | undefined>((value, step) => childOf(value, step), contents[file]);

const childOf = (value: Yaml | undefined, step: string | number): Yaml | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string | number, Yaml>)[step] : undefined;

/** The valid seeds with changes in them. */
export function changed(changes: Changes): SeedContents {
  const contents = ruritania();
  for (const [file, values] of Object.entries(changes)) {
    for (const [path, value] of Object.entries(values)) {
      const steps = stepsOf(path);
      const last = steps.pop();
      const parent = steps.reduce<Yaml | undefined>((inner, step) => childOf(inner, step), contents[file]);
      if (last === undefined || typeof parent !== 'object' || parent === null)
        throw new Error(`"${path}" leads nowhere in ${file}.`);
      if (value !== undefined) (parent as Record<string | number, Yaml>)[last] = value;
      else if (Array.isArray(parent)) parent.splice(Number(last), 1);
      else delete parent[last];
    }
  }
  return contents;
}

/** Writes seeds and the text into a new folder, reads them, and removes the folder. */
export function readContents(
  contents: SeedContents,
  { raw = {}, text = TEXT, textName = 'any-name.txt' }: FolderOptions = {},
) {
  const root = mkdtempSync(join(tmpdir(), 'dossier-seeds-'));
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  };
  try {
    for (const [file, content] of Object.entries(contents))
      write(`seeds/${file}.yaml`, stringify(content, { aliasDuplicateObjects: false, lineWidth: 0 }));
    for (const [file, content] of Object.entries(raw)) write(`seeds/${file}`, content);
    mkdirSync(join(root, 'documents'));
    if (text !== null) write(`documents/${textName}`, text);
    const result = readSeeds(join(root, 'seeds'), text === null ? {} : { documentsDir: join(root, 'documents') });
    const lineOf = lineReader(join(root, 'seeds'));
    return { ...result, problems: result.problems.map((problem) => ({ ...problem, stands: lineOf(problem) })) };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Returns the text of the line that a problem refers to; null if the line does not exist. */
function lineReader(dir: string): (problem: Problem) => string | null {
  const files = new Map<string, string[]>();
  return ({ file, line }) => {
    let lines = files.get(file);
    if (!lines) {
      lines = linesOf(join(dir, file));
      files.set(file, lines);
    }
    return lines[line - 1]?.trim() ?? null;
  };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** The problems of the valid seeds after changes, each as `file path: message | the line that it names`. */
export function problemsAfter(changes: Changes, options: FolderOptions = {}): string[] {
  return readContents(changed(changes), options).problems.map(
    ({ file, path, message, stands }) => `${file} ${path}: ${message} | ${stands}`,
  );
}
