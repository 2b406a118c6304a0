import { CodePointText } from '@dossier/domain/facts';
import { linked, passagesOf, recordsOf } from '../consequences.js';
import type { Problem } from '../problem.js';
import { REGISTER, type Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { TextMatcher } from '../textMatch.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Reports folders without a document.yaml, documents whose id is not the name of their folder, and titles and numbers that are not in the text. */
export const documents: Check = ({ entries, files, texts, unreadable }) => {
  const folders = [...new Set(files.map(({ folder }) => folder))].filter((folder) => folder !== REGISTER);
  const described = new Set(
    [...entries.map(({ parsed }) => parsed), ...unreadable]
      .filter(({ section }) => section === 'document')
      .map(({ file }) => file.folder),
  );
  // A document.yaml with YAML errors has been reported already.
  const broken = new Set(
    files.filter(({ stem, problems }) => stem === 'document' && problems.length > 0).map(({ folder }) => folder),
  );
  return [
    ...folders
      .filter((folder) => !described.has(folder) && !broken.has(folder))
      .map(
        (folder): Problem =>
          linked(
            {
              file: `${folder}/document.yaml`,
              line: 1,
              path: 'document',
              message: 'missing; expected the document that the folder is about.',
            },
            { causes: [recordsOf(folder)] },
          ),
      ),
    ...entriesOf(entries, 'document')
      .filter(({ parsed, id }) => id !== `document:${parsed.file.folder}`)
      .map((entry) =>
        problemAt(
          entry,
          ['id'],
          `"${entry.id.replace('document:', '')}" is not the name of its folder; expected "${entry.parsed.file.folder}".`,
        ),
      ),
    ...entriesOf(entries, 'document').flatMap((entry) => printedProblems(entry, texts.get(entry.id)?.text ?? null)),
  ];
};

/** Reports a title or a number that is not printed in the mounted text: the title in a paragraph of the role TITLE, if there is one. */
function printedProblems(entry: Entry, text: CodePointText | null): Problem[] {
  if (!text) return [];
  const { title, number, paragraphs } = entry.parsed.record as unknown as Seeds['documents'][number];
  const heading = paragraphs.filter(({ role }) => role === 'TITLE').map(({ at }) => text.slice(...at));
  const isPrinted = [heading.join(' '), ...heading].some(
    (words) => contains(words, title) || (words !== '' && contains(title, words)),
  );
  const causes = [passagesOf(entry.id)];
  return [
    ...(heading.length > 0 && !isPrinted
      ? [
          linked(
            problemAt(
              entry,
              ['title'],
              `"${title}" is not in the paragraphs of the role TITLE; expected the heading as printed, or other roles.`,
            ),
            { causes },
          ),
        ]
      : []),
    ...(number !== null && !contains(text.toString(), number)
      ? [
          problemAt(
            entry,
            ['number'],
            `"${number}" does not occur in the text; expected the number as printed, or null.`,
          ),
        ]
      : []),
  ];
}

/** Whether words occur in a text, apart from case and how they are encoded; letters in the style of mathematics are those that they look like. */
const contains = (text: string, words: string): boolean =>
  text.includes(words) || new TextMatcher(new CodePointText(plain(text))).find(plain(words)).length > 0;

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
