import fs, { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cite } from './commands/cite.js';
import { fill } from './commands/fill.js';
import { locate } from './commands/locate.js';
import { type DocumentFile, mountDocument, readDocumentFile } from './documentFile.js';
import { formatProblem } from './problem.js';
import { readFolder } from './read.js';
import { citeFolder } from './testing/citeFolder.js';

describe('with many other documents, some of them broken,', () => {
  let folders: ReturnType<typeof citeFolder>;
  const read: string[] = [];
  beforeEach(() => {
    const readFile = fs.readFileSync;
    vi.spyOn(fs, 'readFileSync').mockImplementation(((...args: Parameters<typeof readFile>) => {
      read.push(String(args[0]));
      return readFile(...args);
    }) as typeof readFile);
    // Named imports of node:fs get the spy, too.
    syncBuiltinESMExports();
    folders = citeFolder();
    for (let number = 3; number < 30; number += 1) {
      cpSync(join(folders.seeds, 'ruritania-2'), join(folders.seeds, `ruritania-${number}`), { recursive: true });
      writeFileSync(join(folders.documents, `ruritania-${number}.txt`), `text ${number}`);
    }
    rewrite('ruritania-5/document.yaml', () => 'document: [');
    rewrite('ruritania-6/document.yaml', (yaml) => yaml.replace('ruritania-2', 'ruritania-6'));
    cpSync(join(folders.documents, 'whatever.txt'), join(folders.documents, 'ruritania-1.txt'));
    read.length = 0;
  });
  afterEach(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
    rmSync(folders.root, { recursive: true });
  });
  const rewrite = (file: string, change: (yaml: string) => string) => {
    const path = join(folders.seeds, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };
  const filesRead = () => [...new Set(read.map((path) => relative(folders.root, path)))].sort();
  const OWN = ['actors', 'document', 'statements'].map((stem) => `seeds/ruritania-1/${stem}.yaml`);

  it('cite reads one document.yaml and one text', () => {
    const document = readDocumentFile(folders.seeds, 'ruritania-1') as DocumentFile;

    expect(cite(document, mountDocument(folders.documents, document), 'bridge').status).toBe(0);
    expect(filesRead()).toEqual(['documents/ruritania-1.txt', 'seeds/ruritania-1/document.yaml']);
  });

  it('fill reads the files of one folder and one text', () => {
    expect(fill(folders.seeds, folders.documents, 'ruritania-1').status).toBe(0);
    expect(filesRead()).toEqual(['documents/ruritania-1.txt', ...OWN]);
  });

  it('check of a document reads its folder and one text', () => {
    rewrite('ruritania-1/actors.yaml', (yaml) => yaml.replace('mentions: []', 'basis: ANALYST, note: made up'));
    read.length = 0;

    const { seeds, problems } = readFolder(folders.seeds, 'ruritania-1', { documentsDir: folders.documents });

    expect(problems.map(formatProblem)).toEqual([]);
    expect(seeds?.statements.map(({ id }) => id)).toEqual(['statement:ruritania-1/S01']);
    expect(filesRead()).toEqual(['documents/ruritania-1.txt', ...OWN]);
  });

  it('check of a document finds what its references lead to', () => {
    const { seeds, problems } = readFolder(folders.seeds, 'ruritania-6');

    expect(problems.map(formatProblem)).toEqual([]);
    expect(seeds?.statements[0]?.attribution.speakers).toEqual(['person:duke-of-ruritania']);
  });

  it('check of a document reads the document of another statement that it names', () => {
    writeFileSync(
      join(folders.seeds, 'ruritania-6/statements.yaml'),
      `${readFileSync(join(folders.seeds, 'ruritania-6/statements.yaml'), 'utf8')}relations:\n  - { id: R01, type: SUPPORTS, from: S01, to: ruritania-7/S01, rationale: Same bridge. }\n`,
    );
    read.length = 0;

    const { seeds, problems } = readFolder(folders.seeds, 'ruritania-6');

    expect(problems.map(formatProblem)).toEqual([]);
    expect(seeds?.relations[0]?.to).toBe('statement:ruritania-7/S01');
    expect(filesRead().filter((file) => file.endsWith('statements.yaml'))).toEqual(
      ['6', '7'].map((number) => `seeds/ruritania-${number}/statements.yaml`),
    );
  });

  it('check of a document reports a reference that leads nowhere, but none into a broken file that has the record', () => {
    const problemsWith = (actors: string) => {
      writeFileSync(join(folders.seeds, 'ruritania-1/actors.yaml'), actors);
      return readFolder(folders.seeds, 'ruritania-6').problems.map(formatProblem);
    };

    expect(problemsWith('actors: [{ id: duke-of-ruritania')).toEqual([]);
    expect(problemsWith('actors: []')).toEqual([
      expect.stringContaining('"duke-of-ruritania" is not the id of a known actor'),
    ]);
  });

  it('show reads the folder that an id names, and searches the others only for a local id', () => {
    expect(locate(folders.seeds, 'statement:ruritania-1/S01').folders).toEqual(['ruritania-1']);
    expect(locate(folders.seeds, 'ruritania-1/S01').folders).toEqual(['ruritania-1']);
    expect(locate(folders.seeds, 'document:ruritania-1').folders).toEqual(['ruritania-1']);
    expect(filesRead()).toEqual([]);
    expect(locate(folders.seeds, 'duke-of-ruritania')).toEqual({ folders: ['ruritania-1'], isCutOff: false });
    expect(locate(folders.seeds, 'S01')).toMatchObject({ isCutOff: true });
    expect(locate(folders.seeds, 'duke-of-ruritani').folders).toEqual(['ruritania-1']);
    expect(locate(folders.seeds, 'nothing-like-it')).toEqual({ folders: [], isCutOff: false });
  });

  it('show finds a provision or a listing of the register, however many documents refer to it', () => {
    const write = (folder: string, yaml: string) => {
      mkdirSync(join(folders.seeds, folder), { recursive: true });
      writeFileSync(join(folders.seeds, folder, 'sanctions.yaml'), yaml);
    };
    for (let number = 10; number < 20; number += 1)
      write(
        `ruritania-${number}`,
        'links:\n  - { id: L01, statement: S01, provision: act/3, regime: tolls, note: duke }\n',
      );
    write(
      'register',
      'provisions:\n  - { instrument: act, paragraph: "3" }\ndesignations:\n  - { regime: tolls, actor: duke }\n',
    );

    expect(locate(folders.seeds, 'provision:act/3')).toEqual({ folders: ['register'], isCutOff: false });
    expect(locate(folders.seeds, 'designation:tolls/duke/1901')).toEqual({ folders: ['register'], isCutOff: false });
  });

  it('check of the register does not look for the documents that mention its actors', () => {
    mkdirSync(join(folders.seeds, 'register'));
    writeFileSync(
      join(folders.seeds, 'register/actors.yaml'),
      'actors:\n  - { id: valburg, kind: GROUP, name: Valburg, references: [{ title: Gazetteer }] }\n',
    );
    read.length = 0;

    expect(readFolder(folders.seeds, 'register').problems.map(formatProblem)).toEqual([]);
    expect(filesRead()).toEqual(['seeds/register/actors.yaml']);
  });
});
