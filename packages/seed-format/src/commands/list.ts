import { folderFileNames, folderNames, readSeedFile, readSeedText, stemOf } from '../files.js';
import { recordsIn } from '../recordLines.js';
import { FILL_IN, mayHaveWords, placeholders, unresolvedWords } from '../unfinished.js';
import { type Outcome, success } from './outcome.js';

/**
 * A line for each folder: its name, the number of its records, the title of the document, and what is unfinished. Records are not read, which
 * would take most of the time: errors in them are found by `check`.
 */
export function list(seedsDir: string): Outcome {
  const rows = folderNames(seedsDir).map((folder) => rowOf(seedsDir, folder));
  if (rows.length === 0) return success(['No documents. "seeds add" creates one.']);
  const width = Math.max(...rows.map(({ folder }) => folder.length));
  return success(
    rows.map(({ folder, title, records, notes }) =>
      [folder.padEnd(width), `${records} records`.padStart(13), [title, ...notes].filter(Boolean).join('; ')]
        .join('  ')
        .trimEnd(),
    ),
  );
}

function rowOf(seedsDir: string, folder: string) {
  let title = '';
  let records = 0;
  let words = 0;
  let blanks = 0;
  let unreadable = 0;
  for (const file of folderFileNames(seedsDir, folder)) {
    // The provenance of accepted proposals is not a record of its own.
    if (stemOf(file) === 'provenance') continue;
    const source = readSeedText(seedsDir, file);
    const isDocument = stemOf(file) === 'document';
    const isFilled = source !== null && !mayHaveWords(source) && !source.includes(FILL_IN);
    const counted = isFilled && !isDocument ? recordsIn(source) : null;
    if (counted !== null) {
      records += counted;
      continue;
    }
    const { content, problems } = readSeedFile(seedsDir, file);
    if (problems.length > 0 || typeof content !== 'object' || content === null) {
      unreadable += 1;
      continue;
    }
    if (isDocument) {
      const stated = (content as { document?: { title?: unknown } | null }).document?.title;
      title = typeof stated === 'string' && stated !== FILL_IN ? stated : '';
    }
    if (source?.includes(FILL_IN)) blanks += [...placeholders(content)].length;
    for (const section of Object.values(content)) records += Array.isArray(section) ? section.length : 0;
    if (!isFilled) words += [...unresolvedWords(content, folder)].length;
  }
  const notes = [
    count(unreadable, 'file cannot be read', 'files cannot be read'),
    count(words, 'passage to fill', 'passages to fill'),
    count(blanks, 'value to fill in', 'values to fill in'),
  ];
  return { folder, title, records, notes };
}

const count = (number: number, one: string, many: string): string =>
  number === 0 ? '' : `${number} ${number === 1 ? one : many}`;
