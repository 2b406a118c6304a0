import { type Check, entriesOf, problemAt } from './input.js';

/** Reports values that the stores accept once, or that identify one thing: symbols of instruments, and texts of documents. */
export const uniqueness: Check = ({ entries, folders }) => [
  ...entriesOf(entries, 'instruments').flatMap((entry) => {
    const symbol = entry.parsed.record['symbol'] as string;
    const first = folders.ownerOfSymbol(symbol);
    return first === undefined || first === entry.id
      ? []
      : [
          problemAt(
            entry,
            ['symbol'],
            `"${symbol}" is already the symbol of "${first.replace('instrument:', '')}"; expected the symbol of one instrument.`,
          ),
        ];
  }),
  ...entriesOf(entries, 'document').flatMap((entry) => {
    const sha256 = entry.parsed.record['sha256'];
    const first = folders.documents.find((document) => document.sha256 === sha256);
    return !first || first.id === entry.id
      ? []
      : [
          problemAt(
            entry,
            ['sha256'],
            `the text is already that of "${first.id.replace('document:', '')}"; expected one document for each text.`,
          ),
        ];
  }),
];
