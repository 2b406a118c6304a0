import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedStores } from '@dossier/cli';
import { definitions } from '@dossier/gateway';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { contentsOf, Dispatches, documentFiles, KNOWN, nameOf, passage } from '../support/dispatches.js';

const root = mkdtempSync(join(tmpdir(), 'dossier-changed-'));
afterAll(() => rmSync(root, { recursive: true }));

const DOCUMENTS = 30;
const dispatches = new Dispatches(root);
const { seedsDir, documentsDir } = dispatches;
const dataDir = join(root, 'data');
const scratchDir = join(root, 'scratch');

/** Seeds the stores in a folder. Returns the number of folders that were read, and the revisions. */
async function seed(into: string, withTexts: boolean) {
  let folders = 0;
  const seeded = await seedStores(definitions, {
    seedsDir,
    dataDir: into,
    ...(withTexts && { documentsDir }),
    onProgress: () => folders++,
  });
  return { folders, revisions: seeded.map(({ service, revision }) => `${service} ${revision}`) };
}

/** Seeds the changed stores and new ones, and compares everything in them. Returns the number of folders that were read again. */
async function reseed(withTexts = false): Promise<number> {
  const { folders, revisions } = await seed(dataDir, withTexts);
  rmSync(scratchDir, { recursive: true, force: true });
  const scratch = await seed(scratchDir, withTexts);
  expect(revisions).toEqual(scratch.revisions);
  for (const { name } of definitions)
    expect(contentsOf(join(dataDir, `${name}.sqlite`)), name).toEqual(contentsOf(join(scratchDir, `${name}.sqlite`)));
  return folders;
}

const ALL = DOCUMENTS + 1;

describe.each([
  ['without texts', false],
  ['with mounted texts', true],
])('a store that is built again after a change, %s', (_, withTexts) => {
  beforeEach(async () => {
    rmSync(dataDir, { recursive: true, force: true });
    dispatches.writeAll(DOCUMENTS);
    await seed(dataDir, withTexts);
  });

  it('is the one that is built from scratch: a statement was edited', async () => {
    dispatches.edit(nameOf(5), 'statements', ({ statements }) =>
      Object.assign(statements?.[1] ?? {}, { summary: 'Now closed.' }),
    );

    // The next document refers to a statement of it.
    expect(await reseed(withTexts)).toBeLessThanOrEqual(3);
  });

  it('the same: statements were added and removed, and it was built twice', async () => {
    dispatches.edit(nameOf(5), 'statements', ({ statements = [] }) => {
      statements.push({ ...statements[2], id: 'S09', summary: 'A later one.' });
      statements.push({ ...statements[1], id: 'S00', summary: 'Another one.' });
    });
    expect(await reseed(withTexts)).toBeLessThanOrEqual(3);
    dispatches.edit(nameOf(5), 'statements', ({ statements = [] }) => void statements.pop());
    dispatches.edit(
      nameOf(DOCUMENTS),
      'statements',
      ({ statements = [] }) => void Object.assign(statements[0] ?? {}, { topics: [] }),
    );

    expect(await reseed(withTexts)).toBeLessThanOrEqual(5);
  });

  it('the same: a document was added between others, one at the end, and one was removed', async () => {
    dispatches.write('dispatch-03-b', documentFiles('dispatch-03-b', nameOf(7)));
    dispatches.write('dispatch-99', documentFiles('dispatch-99', nameOf(7)));
    const added = await reseed(false);
    dispatches.remove(nameOf(DOCUMENTS));

    expect(await reseed(false)).toBeLessThan(ALL);
    if (!withTexts) expect(added).toBeLessThan(ALL);
  });

  it('the same: a document was renamed', async () => {
    dispatches.remove(nameOf(DOCUMENTS));
    rmSync(join(documentsDir, `${nameOf(DOCUMENTS)}.txt`));
    dispatches.writeDocument(DOCUMENTS, 'dispatch-00');

    const folders = await reseed(withTexts);
    if (!withTexts) expect(folders).toBeLessThan(ALL);
  });

  it('the same: what a document says of an actor, a place and a provision changed', async () => {
    dispatches.edit(nameOf(4), 'actors', ({ additions = [] }) => {
      Object.assign(additions[0] ?? {}, { note: 'Another note.', aliases: [{ text: 'Ruritania', lang: 'en' }] });
      additions.pop();
    });
    dispatches.edit(nameOf(4), 'sanctions', (content) => void Object.assign(content, { citations: [] }));

    expect(await reseed(withTexts)).toBeLessThanOrEqual(3);
  });

  it('the same: the register changed: an actor has another alias, and one was added', async () => {
    dispatches.edit('register', 'actors', ({ actors }) =>
      Object.assign(actors?.[0] ?? {}, { aliases: [{ text: 'The Realm' }] }),
    );
    await reseed(withTexts);
    dispatches.edit(
      'register',
      'actors',
      ({ actors }) => void actors?.push({ id: 'new', kind: 'GROUP', name: 'New', references: KNOWN }),
    );

    expect(await reseed(withTexts)).toBe(1);
  });

  it('the same: an actor is another kind of actor now, and the document of one was removed', async () => {
    dispatches.edit(nameOf(1), 'actors', (content) => {
      content['actors'] = [
        { id: 'river', kind: 'GROUP', name: 'river', mentions: [{ form: 'NAME', ...passage(nameOf(1), 'river') }] },
      ];
    });
    dispatches.edit(nameOf(3), 'statements', ({ statements }) =>
      Object.assign(statements?.[0] ?? {}, { addressees: ['river'] }),
    );
    await reseed(withTexts);
    dispatches.edit(nameOf(1), 'actors', ({ actors }) => Object.assign(actors?.[0] ?? {}, { kind: 'PERSON' }));

    expect(await reseed(withTexts)).toBeLessThanOrEqual(4);
    dispatches.remove(nameOf(1));
    const dangling = expect.objectContaining({ message: expect.stringContaining('"river" is not the id of a known') });
    await expect(seed(dataDir, withTexts)).rejects.toEqual(dangling);
  });
});

describe('a store in place that cannot be the start of the next revision', () => {
  beforeEach(async () => {
    rmSync(dataDir, { recursive: true, force: true });
    dispatches.writeAll(DOCUMENTS);
    await seed(dataDir, false);
    dispatches.edit(nameOf(5), 'statements', ({ statements }) =>
      Object.assign(statements?.[1] ?? {}, { summary: 'Now closed.' }),
    );
  });

  it('is replaced by one from scratch: its bytes changed', async () => {
    const file = join(dataDir, 'statements.sqlite');
    const bytes = readFileSync(file);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
    writeFileSync(file, bytes);

    expect(await reseed()).toBe(ALL);
  });

  it('the same: another build of the same revision took its place', async () => {
    cpSync(seedsDir, join(root, 'before'), { recursive: true });
    const { folders } = await seed(dataDir, false);
    expect(folders).toBeLessThan(ALL);
    rmSync(scratchDir, { recursive: true, force: true });
    await seed(scratchDir, false);
    for (const name of readdirSync(scratchDir))
      if (name.startsWith('statements')) cpSync(join(scratchDir, name), join(dataDir, name));
    dispatches.edit(nameOf(6), 'statements', ({ statements }) =>
      Object.assign(statements?.[1] ?? {}, { summary: 'Closed too.' }),
    );

    expect(await reseed()).toBe(ALL);
  });

  it('the same: what is known of its parts is damaged or missing', async () => {
    const [parts = ''] = readdirSync(dataDir).filter((name) => name.startsWith('.parts'));
    expect(existsSync(join(dataDir, parts))).toBe(true);
    writeFileSync(join(dataDir, parts), 'no database');

    expect(await reseed()).toBe(ALL);
  });
});
