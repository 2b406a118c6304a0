import { passageDigest } from '@dossier/domain/facts';
import type { MountedDocument } from '../mounted.js';
import { type Check, type CheckInput, entriesOf, problemAt } from './input.js';

/**
 * Reports documents with the text of another: a text identifies one document. If the text is mounted, it is that of the document whose
 * paragraphs it has; otherwise that of the first.
 */
export const texts: Check = (input) =>
  entriesOf(input.entries, 'document').flatMap((entry) => {
    const owner = ownerOf(entry.id, input);
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
  const foreign = entriesOf(input.entries, 'document').filter(({ id }) => ownerOf(id, input) !== id);
  if (foreign.length === 0) return input.texts;
  const own = new Map(input.texts);
  for (const { id } of foreign) own.set(id, NONE);
  return own;
}

const NONE: MountedDocument = { availability: 'NOT_MOUNTED', text: null };

type Documents = CheckInput['folders']['documents'];

const claimsCache = new WeakMap<Documents, ReadonlyMap<string, readonly string[]>>();

/** The documents with the text of each document, by its id; computed once for all folders. */
function claimsIn(documents: Documents): ReadonlyMap<string, readonly string[]> {
  let claims = claimsCache.get(documents);
  if (!claims) {
    const bySha256 = new Map<string, string[]>();
    for (const { id, sha256 } of documents) bySha256.set(sha256, [...(bySha256.get(sha256) ?? []), id]);
    claims = new Map(documents.map(({ id, sha256 }) => [id, bySha256.get(sha256) ?? []]));
    claimsCache.set(documents, claims);
  }
  return claims;
}

/** The document that the text of a document belongs to. */
function ownerOf(id: string, { folders, texts: mounted }: CheckInput): string {
  const claims = claimsIn(folders.documents).get(id) ?? [];
  const [first] = claims;
  if (first === undefined || claims.length === 1) return id;
  const fitting = claims.find((claim) => {
    const text = mounted.get(claim)?.text;
    const paragraph = folders.find('documents', claim)?.paragraphs[0];
    return text && paragraph && passageDigest(text.slice(...paragraph.at)) === paragraph.digest;
  });
  return fitting ?? first;
}
