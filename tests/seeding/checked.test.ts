import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { definition as actors } from '@dossier/actors';
import { seedStores } from '@dossier/cli';
import { workspaceRoot } from '@dossier/domain';
import { seedAll } from '@dossier/gateway';
import { readSeeds } from '@dossier/seed-format';
import { definition as statements } from '@dossier/statements';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = mkdtempSync(join(tmpdir(), 'dossier-checked-'));
const original = join(workspaceRoot(), 'seeds');
afterAll(() => rmSync(root, { recursive: true }));

type Sections = Record<string, Record<string, unknown>[]>;
const FILES = [
  'register/actors',
  'register/sanctions',
  ...['actors', 'statements', 'sanctions', 'trade'].map((name) => `memri-sd-10149/${name}`),
];
const contents = new Map(
  FILES.map((file) => [file, parse(readFileSync(join(original, `${file}.yaml`), 'utf8')) as Sections]),
);

/** Mistakes that leave a record well-formed more often than not. */
const MUTATIONS: Record<string, (records: Record<string, unknown>[], index: number, key: string) => void> = {
  'a key left out': (records, index, key) => void delete records[index]?.[key],
  'a list emptied': (records, index, key) => {
    const record = records[index];
    if (record && Array.isArray(record[key])) record[key] = [];
  },
  'the value of the next record': (records, index, key) => {
    const next = records[(index + 1) % records.length];
    if (records[index] && next && key in next) records[index][key] = next[key];
  },
  'a reading instead of a fact': (records, index) =>
    void Object.assign(records[index] ?? {}, { basis: 'ANALYST', note: 'A reading.', passages: [] }),
};

const mutations = fc.constantFrom(...FILES).chain((file) =>
  fc.constantFrom(...Object.keys(contents.get(file) as Sections)).chain((section) => {
    const records = (contents.get(file) as Sections)[section] as Record<string, unknown>[];
    return fc.nat({ max: records.length - 1 }).chain((index) =>
      fc.record({
        file: fc.constant(file),
        section: fc.constant(section),
        index: fc.constant(index),
        key: fc.constantFrom(...Object.keys(records[index] ?? {})),
        mutation: fc.constantFrom(...Object.keys(MUTATIONS)),
      }),
    );
  }),
);

describe('seeding with a mounted text', () => {
  const text = 'The bridge is open.';
  const sha256 = (words: string) => createHash('sha256').update(words).digest('hex');
  const folder = join(root, 'mounted');
  const [seedsDir, documentsDir, dataDir] = ['seeds', 'documents', 'data'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const write = (digest: string) => {
    for (const path of [join(seedsDir, 'ruritania'), documentsDir]) mkdirSync(path, { recursive: true });
    writeFileSync(join(documentsDir, 'any.txt'), text);
    const document = {
      id: 'ruritania',
      title: 'Made up',
      publishedOn: { edtf: '1901', basis: 'BACKGROUND' },
      sha256: sha256(text),
      length: text.length,
      byteLength: text.length,
      paragraphs: [{ number: 1, role: 'BODY', at: [0, text.length], digest }],
    };
    writeFileSync(join(seedsDir, 'ruritania/document.yaml'), JSON.stringify({ document }));
  };

  it('refuses passages that do not match, also if the stores were built without the text', async () => {
    write('0'.repeat(16));
    const wrong = expect.objectContaining({ message: expect.stringContaining('is not the digest of the passage') });

    await expect(seedAll({ seedsDir, dataDir, documentsDir })).rejects.toEqual(wrong);
    await expect(seedAll({ seedsDir, dataDir })).resolves.toHaveLength(4);
    await expect(seedAll({ seedsDir, dataDir, documentsDir, verifiesAlways: true })).rejects.toEqual(wrong);
  });

  it('builds from passages that match', async () => {
    write(sha256(text).slice(0, 16));

    await expect(seedAll({ seedsDir, dataDir, documentsDir, verifiesAlways: true })).resolves.toHaveLength(4);
  });

  it('reads the seeds again only if they or the texts have changed, also without an index of the words', async () => {
    write(sha256(text).slice(0, 16));
    const options = { seedsDir, dataDir, documentsDir, verifiesAlways: true, indexWords: false };
    const foldersRead = async (): Promise<number> => {
      let count = 0;
      await seedStores([actors, statements], { ...options, onProgress: () => count++ });
      return count;
    };

    expect(await foldersRead()).toBe(1);
    expect(await foldersRead()).toBe(0);
    rmSync(join(documentsDir, 'any.txt'));
    expect(await foldersRead()).toBe(1);
    // The stores have no words, so they stay as they are: only the verification notices that the passage does not match.
    rmSync(dataDir, { recursive: true });
    write('0'.repeat(16));
    rmSync(join(documentsDir, 'any.txt'));
    expect(await foldersRead()).toBe(1);
    writeFileSync(join(documentsDir, 'any.txt'), text);
    await expect(foldersRead()).rejects.toThrow('is not the digest of the passage');
    await expect(foldersRead()).rejects.toThrow('is not the digest of the passage');
  });
});

describe('seeding with many problems', () => {
  it('prints 50 of them and the number of the others', async () => {
    const seedsDir = join(root, 'many');
    mkdirSync(join(seedsDir, 'register'), { recursive: true });
    const actors = Array.from({ length: 60 }, (_, index) => ({ id: `a-${index}`, kind: 'DUKE', name: 'Duke' }));
    writeFileSync(join(seedsDir, 'register/actors.yaml'), JSON.stringify({ actors }));

    const error = await seedAll({ seedsDir, dataDir: join(root, 'many-data') }).catch((reason: Error) => reason);
    const lines = (error as Error).message.split('\n');

    expect(lines).toHaveLength(52);
    expect(lines[1]).toContain('register/actors.yaml:1 actors[0].kind: ');
    expect(lines.at(-1)).toBe('10 more; "npm run seeds -- check" lists all problems.');
  });
});

describe('seeds with a mistake', () => {
  it('are rejected by the check, or all stores can be built from them', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(mutations, async ({ file, section, index, key, mutation }) => {
        const folder = join(root, String(run++));
        cpSync(original, join(folder, 'seeds'), { recursive: true, filter: (path) => !path.includes('node_modules') });
        const changed = structuredClone(contents.get(file)) as Sections;
        MUTATIONS[mutation]?.(changed[section] as Record<string, unknown>[], index, key);
        writeFileSync(join(folder, `seeds/${file}.yaml`), JSON.stringify(changed));
        if (readSeeds(join(folder, 'seeds')).problems.length > 0) return;

        await expect(seedAll({ seedsDir: join(folder, 'seeds'), dataDir: join(folder, 'data') })).resolves.toHaveLength(
          4,
        );
        rmSync(folder, { recursive: true });
      }),
      { numRuns: Number(process.env['SEEDING_RUNS'] ?? 12) },
    );
  }, 60_000);
});
