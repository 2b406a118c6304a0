import { type Access, bibtexAccess } from './access.js';
import { bibtexEntry, escapeBibtex } from './bibtex.js';

/** A citation of a page of the reader as a BibTeX `@misc`. */
export const pageBibtex = (page: { title: string; publisher: string; note: string }, access: Access): string =>
  bibtexEntry('misc', 'dossier', {
    title: `{${escapeBibtex(page.title)}}`,
    publisher: escapeBibtex(page.publisher),
    ...bibtexAccess(access),
    note: escapeBibtex(page.note),
  });
