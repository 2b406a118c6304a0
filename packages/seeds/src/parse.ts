import type { z } from 'zod';
import type { SeedFile } from './files.js';
import { formatPath, type Path, type Problem } from './problem.js';
import { DocumentRecord, SECTIONS } from './records.js';

/** A record as parsed: references not yet resolved. */
export interface Parsed {
  section: string;
  file: SeedFile;
  path: Path;
  record: Record<string, unknown>;
}

const BACKGROUND = 'background';

/** Reads the records of a file by the format. Every problem of the file is reported. */
export function parseFile(file: SeedFile): { records: Parsed[]; problems: Problem[] } {
  const sections = sectionsOf(file);
  if (!sections) {
    const expected = file.folder === BACKGROUND ? Object.keys(SECTIONS) : ['document', ...Object.keys(SECTIONS)];
    return { records: [], problems: [at(file, [], `"${file.stem}" is no file of the format; expected ${expected.map((stem) => `${stem}.yaml`).join(', ')}.`)] };
  }
  if (file.problems.length > 0) return { records: [], problems: file.problems };
  if (!isMapping(file.content)) return { records: [], problems: [at(file, [], `expected the sections ${Object.keys(sections).join(', ')}.`)] };
  const records: Parsed[] = [];
  const problems: Problem[] = [];
  for (const [section, content] of Object.entries(file.content)) {
    const schema = sections[section];
    if (!schema) {
      problems.push(at(file, [section], `unknown section "${section}"; expected ${Object.keys(sections).join(', ')}.`));
    } else if (section === 'document') {
      parseRecord(file, section, [section], content, schema, records, problems);
    } else if (!Array.isArray(content)) {
      problems.push(at(file, [section], 'expected a list of records.'));
    } else {
      content.forEach((item, index) => {
        parseRecord(file, section, [section, index], item, schema, records, problems);
      });
    }
  }
  return { records, problems };
}

function sectionsOf(file: SeedFile): Record<string, z.ZodType> | null {
  if (file.stem === 'document' && file.folder !== BACKGROUND) return { document: DocumentRecord };
  return Object.hasOwn(SECTIONS, file.stem) ? SECTIONS[file.stem as keyof typeof SECTIONS] : null;
}

function parseRecord(file: SeedFile, section: string, path: Path, item: unknown, schema: z.ZodType, records: Parsed[], problems: Problem[]): void {
  const result = schema.safeParse(item, { reportInput: true });
  if (result.success) records.push({ section, file, path, record: result.data as Record<string, unknown> });
  else
    problems.push(...result.error.issues.map((issue) => at(file, [...path, ...(issue.path as Path), ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])], messageOf(issue, item))));
}

/** What was wrong and what was expected, in a sentence. */
function messageOf(issue: z.core.$ZodIssue, item: unknown): string {
  const found = JSON.stringify(issue.path.reduce<unknown>((value, step) => (isMapping(value) || Array.isArray(value) ? (value as Record<PropertyKey, unknown>)[step] : undefined), item));
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}; expected only the keys of the format.`;
    case 'invalid_value':
      return `${found ?? 'nothing'} is not allowed; expected one of ${issue.values.join(', ')}.`;
    case 'invalid_type':
      return found === undefined ? `missing; expected ${issue.expected}.` : `${found} is of the wrong type; expected ${issue.expected}.`;
    case 'invalid_union':
      return `${found ?? 'nothing'} fits no kind of record; expected a "kind" of the format with its own keys.`;
    default:
      return `${found}: ${issue.message}.`;
  }
}

const isMapping = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export const at = (file: SeedFile, path: Path, message: string): Problem => ({ file: file.name, line: file.lineOf(path), path: formatPath(path), message });
