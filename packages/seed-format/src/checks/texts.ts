import { passageDigest } from '@dossier/domain/facts';
import type { MountedDocument } from '../mounted.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, entriesOf, problemAt } from './input.js';

/**
 * Reports documents with the text of another: a text identifies one document. If the text is mounted, it is that of the document whose
 * paragraphs it has; otherwise that of the first.
 */
export const texts: Check = (input) =>
  entriesOf(input.entries, 'document').flatMap((entry) => {
    const owner = ownerOf(entry, input);
    return owner === entry.id
      ? []
      : [
          problemAt(
            entry,
            ['sha256'],
            `the text is already that of "${owner.replace('document:', '')}"; expected one document for each text.`,
          ),
        ];
  });

/** The texts that the records of a folder can be compared with: not those that belong to another document. */
export function ownTexts(input: CheckInput): CheckInput['texts'] {
  const foreign = entriesOf(input.entries, 'document').filter((entry) => ownerOf(entry, input) !== entry.id);
  if (foreign.length === 0) return input.texts;
  const own = new Map(input.texts);
  for (const { id } of foreign) own.set(id, NONE);
  return own;
}

const NONE: MountedDocument = { availability: 'NOT_MOUNTED', text: null };

/** The document that the text of a document belongs to. */
function ownerOf({ id, parsed }: Entry, { folders, texts: mounted }: CheckInput): string {
  const claims = folders.documentsWith(String(parsed.record['sha256']));
  const [first] = claims;
  if (first === undefined || claims.length === 1) return id;
  const fitting = claims.find((claim) => {
    const text = mounted.get(claim.id)?.text;
    const paragraph = folders.find('documents', claim.id)?.paragraphs[0];
    return text && paragraph && passageDigest(text.slice(...paragraph.at)) === paragraph.digest;
  });
  return (fitting ?? first).id;
}
