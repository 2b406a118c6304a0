import { linked, recordsOf } from '../consequences.js';
import type { Problem } from '../problem.js';
import { REGISTER } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Reports folders without a document.yaml, and documents whose id is not the name of their folder: their passages could not be checked. */
export const documents: Check = ({ entries, files, unreadable }) => {
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
  ];
};
