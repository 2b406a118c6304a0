import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { remove } from './commands/remove.js';
import { mountDocuments } from './mounted.js';
import { formatProblem } from './problem.js';
import { readSeeds } from './read.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SEEDS = resolve(ROOT, 'seeds');
const documentsDir = process.env['DOCUMENTS_DIR'] ? resolve(ROOT, process.env['DOCUMENTS_DIR']) : null;

// A package may be taken out of the workspace without the seeds.
describe.skipIf(!existsSync(SEEDS))('the seeds of this repository', { meta: { needs: 'the folder seeds/' } }, () => {
  it('pass every check', () => {
    const { seeds, problems } = readSeeds(SEEDS);

    expect(problems.map(formatProblem)).toEqual([]);
    expect(seeds?.documents.length).toBeGreaterThan(0);
  });

  it.skipIf(!documentsDir)(
    'match the mounted texts',
    { meta: { needs: 'DOCUMENTS_DIR (the texts of the documents)' } },
    () => {
      const { seeds, problems } = readSeeds(SEEDS, { documentsDir: documentsDir as string });

      const mounted = mountDocuments(documentsDir, seeds?.documents ?? []);

      expect(problems.map(formatProblem)).toEqual([]);
      expect([...mounted.values()].map(({ availability }) => availability)).toContain('VERIFIED');
    },
  );
});

describe('each document of this repository', () => {
  const documents = [SEEDS, resolve(ROOT, 'examples/seeds')].flatMap((dir) =>
    existsSync(dir)
      ? (readSeeds(dir).seeds?.documents ?? []).map(({ id }) => ({ dir, id: id.replace('document:', '') }))
      : [],
  );

  it.each(documents)('can be removed, and the rest passes every check: $id', ({ dir, id }) => {
    const copy = mkdtempSync(join(tmpdir(), 'dossier-removed-'));
    try {
      cpSync(dir, copy, { recursive: true });

      expect(remove(copy, id)).toMatchObject({ status: 0 });
      const { seeds, problems } = readSeeds(copy);
      expect(problems.map(formatProblem)).toEqual([]);
      expect(seeds?.documents.map((document) => document.id)).not.toContain(`document:${id}`);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});
