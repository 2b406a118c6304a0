import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { passageDigest } from '@dossier/domain/facts';

/** A made-up dispatch: 𝒱 takes two UTF-16 units, so that code points and units part after it. */
export const RURITANIAN_TEXT = 'News of 𝒱alburg\n\n“The bridge is open,” said the Duke. The bridge\nis long.';

const FIRST = 'News of 𝒱alburg';
const SECOND = [...RURITANIAN_TEXT].length;
const words = (start: number, end: number): string => [...RURITANIAN_TEXT].slice(start, end).join('');
const passage = (start: number, end: number): string =>
  `at: [${start}, ${end}], digest: "${passageDigest(words(start, end))}"`;

/** Fresh folders with the seeds of the dispatch and of a second one, and with the text of the first. */
export function citeFolder(): { root: string; seeds: string; documents: string } {
  const root = mkdtempSync(join(tmpdir(), 'dossier-cite-'));
  const seeds = join(root, 'seeds');
  const documents = join(root, 'documents');
  for (const dir of [join(seeds, 'ruritania-1'), join(seeds, 'ruritania-2'), documents])
    mkdirSync(dir, { recursive: true });
  const firstEnd = [...FIRST].length;
  writeFileSync(join(documents, 'whatever.txt'), RURITANIAN_TEXT);
  writeFileSync(
    join(seeds, 'ruritania-1', 'document.yaml'),
    documentYaml(
      'ruritania-1',
      createHash('sha256').update(RURITANIAN_TEXT).digest('hex'),
      passage(0, firstEnd),
      passage(firstEnd + 2, SECOND),
    ),
  );
  writeFileSync(
    join(seeds, 'ruritania-1', 'actors.yaml'),
    'actors:\n  - { id: duke-of-ruritania, kind: PERSON, name: Duke of Ruritania, mentions: [] }\n',
  );
  writeFileSync(join(seeds, 'ruritania-1', 'statements.yaml'), statementYaml(passage(18, 36)));
  writeFileSync(
    join(seeds, 'ruritania-2', 'document.yaml'),
    documentYaml('ruritania-2', '0'.repeat(64), passage(0, firstEnd), passage(firstEnd + 2, SECOND)),
  );
  writeFileSync(join(seeds, 'ruritania-2', 'statements.yaml'), statementYaml(passage(18, 36)));
  return { root, seeds, documents };
}

const documentYaml = (id: string, sha256: string, title: string, body: string): string => `document:
  id: ${id}
  title: News of Valburg
  publishedOn: { edtf: "1901-02-03", basis: BACKGROUND }
  sha256: "${sha256}"
  length: ${[...RURITANIAN_TEXT].length}
  byteLength: ${Buffer.byteLength(RURITANIAN_TEXT)}
  multibyte: [[8, 4], [17, 3], [37, 3]]
  paragraphs:
    - { number: 1, role: TITLE, ${title} }
    - { number: 2, role: BODY, ${body} }
`;

const statementYaml = (cited: string): string => `statements:
  - id: S01
    summary: A bridge can be crossed.
    kind: FACT_REPORT
    modality: ASSERTED
    attribution: { status: EXPLICIT, speakers: [duke-of-ruritania] }
    saidOn: { edtf: "1901-02-03", basis: BACKGROUND }
    passages:
      - { ${cited} }
`;
