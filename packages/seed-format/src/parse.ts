import type { z } from 'zod';
import { idsIn, linked, recordsOf, SHARED_RECORDS } from './consequences.js';
import type { SeedFile } from './files.js';
import { keysAt, nearest } from './nearest.js';
import { formatPath, type Path, type Problem, truncate } from './problem.js';
import { ProvenanceRecord } from './provenance.js';
import { DocumentRecord, isSectionOf, mayHoldShared, REGISTER, SECTIONS } from './records.js';
import { isAboutWords, placeholders, unresolvedWords } from './unfinished.js';
import { unstorableTexts } from './unstorable.js';

/** A record as parsed: references not yet resolved. */
export interface Parsed {
  section: string;
  file: SeedFile;
  path: Path;
  record: Record<string, unknown>;
}

/** The records of a file. `unreadable` are those that do not match the format; they are kept so that references to them are not reported. */
export interface ParsedFile {
  records: Parsed[];
  unreadable: Parsed[];
  /** Where records of the folder come from that a model proposed: checked, but not part of the seeds. */
  provenance: Parsed[];
  problems: Problem[];
}

/** Maximum number of problems reported per file. After that many, the rest of the file is not checked. */
const MAX_PROBLEMS = 100_000;

/** Parses the records of a file. Every problem of the file is reported, up to MAX_PROBLEMS. */
export function parseFile(file: SeedFile): ParsedFile {
  const hidden = { subjects: [recordsOf(file.folder), ...(mayHoldShared(file.stem) ? [SHARED_RECORDS] : [])] };
  const read: ParsedFile = {
    records: [],
    unreadable: [],
    provenance: [],
    problems: file.problems.slice(0, MAX_PROBLEMS).map((problem) => linked(problem, hidden)),
  };
  const sections = sectionsOf(file);
  if (!sections) {
    const expected =
      file.folder === REGISTER ? Object.keys(SECTIONS) : ['document', ...Object.keys(SECTIONS), 'provenance'];
    return {
      ...read,
      problems: [
        linked(
          problemInFile(
            file,
            [],
            `"${file.stem}" is not a file of the format; expected ${meantBy(file.stem, expected, '.yaml')}${expected.map((stem) => `${stem}.yaml`).join(', ')}.`,
          ),
          hidden,
        ),
      ],
    };
  }
  const hasErrors = file.problems.length > 0;
  if (!isMapping(file.content))
    return hasErrors
      ? read
      : { ...read, problems: [linked(problemInFile(file, [], contentProblem(file, sections)), hidden)] };
  for (const [section, content] of Object.entries(file.content)) {
    const schema = Object.hasOwn(sections, section) ? sections[section] : undefined;
    const items: [Path, unknown][] =
      section === 'document'
        ? [[[section], content]]
        : Array.isArray(content)
          ? content.map((item, index) => [[section, index], item])
          : [];
    if (hasErrors) {
      // Only the YAML errors are reported: what follows them may be misparsed.
      if (schema) for (const [path, item] of items) addUnreadable(file, section, path, item, read);
    } else if (!schema) {
      read.problems.push(
        linked(
          problemInFile(
            file,
            [section],
            `${isMisplaced(file, section) ? 'misplaced' : 'unknown'} section "${truncate(section, MAX_SHOWN_LENGTH)}"; expected ${meantBy(section, Object.keys(sections))}${Object.keys(sections).join(', ')}${isMisplaced(file, section) ? `, or this section in ${file.folder === REGISTER ? 'the folder of a document' : 'the register'}` : ''}.`,
          ),
          hidden,
        ),
      );
    } else if (section !== 'document' && !Array.isArray(content)) {
      read.problems.push(
        linked(
          problemInFile(
            file,
            [section],
            `${content === null ? 'nothing' : isMapping(content) ? 'keys' : 'a value'} instead of a list; expected a list of records, each with "- " before its first key.`,
          ),
          hidden,
        ),
      );
    } else {
      for (const [path, item] of items) {
        if (read.problems.length < MAX_PROBLEMS) parseRecord(file, section, path, item, schema, read);
        else addUnreadable(file, section, path, item, read);
      }
    }
    if (read.problems.length >= MAX_PROBLEMS) break;
  }
  if (read.problems.length >= MAX_PROBLEMS)
    read.problems.push(
      problemInFile(
        file,
        [],
        `${MAX_PROBLEMS} problems or more; expected fewer, so the rest of the file was not checked.`,
      ),
    );
  return read;
}

/** What is wrong with a file that has no sections. */
function contentProblem({ content }: SeedFile, sections: object): string {
  const expected = `expected the sections ${Object.keys(sections).join(', ')}`;
  return content === null
    ? `an empty file, which could be left out; ${expected}.`
    : `${Array.isArray(content) ? 'a list' : 'a text'} instead of sections; ${expected}.`;
}

function sectionsOf(file: SeedFile): Record<string, z.ZodType> | null {
  if (file.stem === 'document' && file.folder !== REGISTER) return { document: DocumentRecord };
  if (file.stem === 'provenance' && file.folder !== REGISTER) return { provenance: ProvenanceRecord };
  if (!Object.hasOwn(SECTIONS, file.stem)) return null;
  const sections = Object.entries(SECTIONS[file.stem as keyof typeof SECTIONS]);
  return Object.fromEntries(sections.filter(([section]) => isSectionOf(file.folder, section)));
}

/** Whether a section of the format stands in a kind of folder that cannot hold it. */
const isMisplaced = ({ stem, folder }: SeedFile, section: string): boolean =>
  Object.hasOwn(SECTIONS, stem) &&
  Object.hasOwn(SECTIONS[stem as keyof typeof SECTIONS], section) &&
  !isSectionOf(folder, section);

function parseRecord(
  file: SeedFile,
  section: string,
  path: Path,
  item: unknown,
  schema: z.ZodType,
  read: ParsedFile,
): void {
  const missing = section === 'document' ? [...placeholders(item)] : [];
  if (missing.length > 0) {
    // The other problems of the record can wait: they may be consequences.
    addUnreadable(file, section, path, item, read);
    for (const { path: inner, message } of missing)
      read.problems.push(problemInFile(file, [...path, ...inner], message));
    return;
  }
  const result = validate(schema, item);
  if (result === null) {
    addUnreadable(file, section, path, item, read);
    read.problems.push(problemInFile(file, path, 'too many invalid values to list; expected a record of the format.'));
    return;
  }
  const unstorable = unstorableTexts(item);
  if (result.success && unstorable.length === 0) {
    (section === 'provenance' ? read.provenance : read.records).push({
      section,
      file,
      path,
      record: result.data as Record<string, unknown>,
    });
    return;
  }
  addUnreadable(file, section, path, item, read);
  const issues = result.error?.issues ?? [];
  const reported = new Set(issues.map((issue) => formatPath(issue.path as Path)));
  // A name or an id with such a character is reported as a name or an id.
  const texts = unstorable.filter((found) => !reported.has(formatPath(found.path)));
  for (const problem of [
    ...texts.map((found) => problemInFile(file, [...path, ...found.path], found.message)),
    ...problemsOf(file, path, item, issues, schema),
  ]) {
    if (read.problems.length >= MAX_PROBLEMS) break;
    // References to the id that was meant follow from it.
    const isId = problem.path === formatPath([...path, 'id']);
    read.problems.push(isId ? linked(problem, { subjects: [idsIn(spaceOf(section), file.folder)] }) : problem);
  }
}

/** Unknown keys of a record that are compared with the known ones, which takes longer than to report them. */
const MAX_SUGGESTIONS = 100;

function* problemsOf(
  file: SeedFile,
  path: Path,
  item: unknown,
  issues: z.core.$ZodIssue[],
  schema: z.ZodType,
): Generator<Problem> {
  for (const { path: inner, message } of unresolvedWords(item, file.folder))
    yield problemInFile(file, [...path, ...inner], message);
  /** Keys that seem to be missing because they are misspelt. */
  const misspelt = new Set<string>();
  let suggestions = 0;
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const parent = issue.path.reduce<unknown>(childOf, item);
    const missing = keysAt(schema, issue.path).filter((key) => childOf(parent, key) === undefined);
    for (const key of issue.keys) {
      if (isAboutWords(item, [...issue.path, key])) continue;
      const meant = suggestions < MAX_SUGGESTIONS ? nearest(key, missing) : null;
      suggestions += 1;
      if (meant !== null) misspelt.add(formatPath([...path, ...(issue.path as Path), meant]));
      yield problemInFile(
        file,
        [...path, ...(issue.path as Path), key],
        `unknown key "${truncate(key, MAX_SHOWN_LENGTH)}"; expected ${meant === null ? 'only the keys of the format' : `"${meant}"`}.`,
      );
    }
  }
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys' || isAboutWords(item, issue.path)) continue;
    const problem = problemInFile(file, [...path, ...(issue.path as Path)], messageOf(issue, item));
    if (!misspelt.has(problem.path)) yield problem;
  }
}

/** Null if there are more issues than zod can collect: it spreads them into the arguments of one call, which overflows the stack. */
function validate(schema: z.ZodType, item: unknown): z.ZodSafeParseResult<unknown> | null {
  try {
    return schema.safeParse(item, { reportInput: true });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function addUnreadable(file: SeedFile, section: string, path: Path, item: unknown, read: ParsedFile): void {
  if (section !== 'provenance' && isMapping(item)) read.unreadable.push({ section, file, path, record: item });
}

/** A sentence with what was wrong and what was expected. */
function messageOf(issue: z.core.$ZodIssue, item: unknown): string {
  const value = issue.path.reduce<unknown>(childOf, item);
  const found = formatValue(value);
  switch (issue.code) {
    case 'invalid_value':
      return notOneOf(value, issue.values.map(String));
    case 'invalid_type':
      return found === undefined
        ? `missing; expected ${TYPES[issue.expected] ?? issue.expected}.`
        : `${found} has the wrong type; expected ${TYPES[issue.expected] ?? issue.expected}${typeHint(value, issue.expected)}.`;
    case 'invalid_union':
      // The only unions are discriminated by `kind`.
      return notOneOf(value, ((issue as { options?: unknown[] }).options ?? []).map(String));
    default:
      return `${found}: ${issue.message}.`;
  }
}

/** The nearest of several names, to stand before all of them; empty if none is near. */
function meantBy(name: string, known: readonly string[], ending = ''): string {
  const meant = nearest(name, known);
  return meant === null ? '' : `${meant}${ending}, or another one of `;
}

function notOneOf(value: unknown, known: readonly string[]): string {
  const meant = typeof value === 'string' ? meantBy(value, known) : '';
  return `${formatValue(value) ?? 'nothing'} is not allowed; expected ${meant || 'one of '}${known.join(', ')}.`;
}

/** The types of zod in words of the format. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'keys and their values',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** What a value needs to be text or a number: YAML reads `1901` as a number, and `"1901"` as text. */
function typeHint(value: unknown, expected: string): string {
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return ` in quotation marks: "${value}"`;
  const isQuotedNumber = expected === 'number' && typeof value === 'string' && /^\d+$/.test(value);
  return isQuotedNumber ? ' without quotation marks' : '';
}

const childOf = (value: unknown, step: PropertyKey): unknown =>
  (isMapping(value) || Array.isArray(value)) && Object.hasOwn(value, step)
    ? (value as Record<PropertyKey, unknown>)[step]
    : undefined;

const MAX_SHOWN_LENGTH = 80;

/** A value as JSON for a message, truncated; undefined if there is no value. */
function formatValue(value: unknown): string | undefined {
  const json = JSON.stringify(value);
  return json && truncate(json, MAX_SHOWN_LENGTH);
}

/** Whether a value is a YAML mapping. Tags can also create sets, dates and byte arrays, which are not. */
const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Actors and places share their ids. */
export const spaceOf = (section: string): string => (section === 'places' ? 'actors' : section);

export const problemInFile = (file: SeedFile, path: Path, message: string): Problem => ({
  file: file.name,
  line: file.lineOf(path),
  path: formatPath(path),
  message,
});
