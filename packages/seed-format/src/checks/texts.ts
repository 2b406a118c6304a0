import { type Check, entriesOf, problemAt } from './input.js';

/** Reports documents with the text of another: a text identifies one document. */
export const texts: Check = ({ entries, folders }) =>
  entriesOf(entries, 'document').flatMap((entry) => {
    const sha256 = entry.parsed.record['sha256'];
    const first = folders.documentWith(String(sha256));
    return !first || first.id === entry.id
      ? []
      : [
          problemAt(
            entry,
            ['sha256'],
            `the text is already that of "${first.id.replace('document:', '')}"; expected one document for each text.`,
          ),
        ];
  });
