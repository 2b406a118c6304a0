import type { CodePointText } from '@dossier/domain/facts';
import { mountDocuments } from '../mounted.js';
import { ProposalsError } from './proposalFile.js';
import { type RawRecord, SeedRecords, textOf } from './seedRecords.js';

/** The folders that a command works on. */
export interface Workplace {
  seedsDir: string;
  documentsDir: string | null;
}

export interface Opened {
  seeds: SeedRecords;
  folder: string;
  document: RawRecord;
  text: CodePointText;
}

/** The document and its text. Throws a ProposalsError if either is missing. */
export function openDocument({ seedsDir, documentsDir }: Workplace, id: string): Opened {
  const folder = id.replace(/^document:/, '');
  const seeds = new SeedRecords(seedsDir);
  const document = seeds.document(folder);
  if (!document) {
    const known = seeds.folders.filter((name) => seeds.fileName(name, 'document') !== null);
    throw new ProposalsError(
      `"${id}" is not a document of these seeds; expected ${known.join(' or ') || 'one, but they have none'}.`,
    );
  }
  const sha256 = textOf(document['sha256']) ?? '';
  const mounted = mountDocuments(documentsDir, [{ id: `document:${folder}`, sha256 }]).get(`document:${folder}`);
  if (!mounted?.text)
    throw new ProposalsError(
      mounted?.availability === 'MISMATCH'
        ? `The text mounted as ${folder} does not have the digest of document.yaml; expected the text that was annotated.`
        : `The text of ${folder} is not mounted; expected --documents or DOCUMENTS_DIR to name a folder with it.`,
    );
  return { seeds, folder, document, text: mounted.text };
}
