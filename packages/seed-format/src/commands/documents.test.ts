import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFolder, readSeeds } from '../read.js';
import { citeFolder } from '../testing/citeFolder.js';
import { list } from './list.js';
import { remove } from './remove.js';
import { rename } from './rename.js';

describe('the documents of the seeds', () => {
  let folders: ReturnType<typeof citeFolder>;
  beforeEach(() => {
    folders = citeFolder();
  });
  afterEach(() => rmSync(folders.root, { recursive: true }));
  const path = (file: string) => join(folders.seeds, file);

  describe('list', () => {
    it('has the name, records and title of each', () => {
      expect(list(folders.seeds)).toEqual({
        status: 0,
        output: 'ruritania-1      2 records  News of Valburg\nruritania-2      1 records  News of Valburg',
      });
    });

    it('shows what is unfinished, and files that cannot be read', () => {
      writeFileSync(path('ruritania-1/actors.yaml'), 'actors: [');
      writeFileSync(path('ruritania-1/document.yaml'), 'document: { title: <fill in>, paragraphs: [{ words: News }] }');

      expect(list(folders.seeds).output.split('\n')[0]).toBe(
        'ruritania-1      1 records  1 file cannot be read; 1 passage to fill; 1 value to fill in',
      );
    });

    it('counts the records of a file that it does not parse as those of one that it does', () => {
      const before = list(folders.seeds).output;
      const plain =
        '# who\nactors:\n  # one\n  - id: a\n    aliases:\n      - text: "b\n          - c"\n  - { id: d }\nplaces: []\nevents:\n- id: e\n';
      const counts = [
        plain,
        `${plain}# &x\n`,
        plain.replace('- id: a', '-\n    id: a'),
        JSON.stringify(parse(plain)),
      ].map((source) => {
        writeFileSync(path('ruritania-1/actors.yaml'), source);
        return /ruritania-1 +(\d+) records {2}News/.exec(list(folders.seeds).output)?.[1];
      });

      expect(before).toContain('2 records');
      expect(counts).toEqual(['4', '4', '4', '4']);
    });

    it('names the command that adds a document if there is none', () => {
      mkdirSync(path('../none'));

      expect(list(path('../none')).output).toBe('No documents. "seeds add" creates one.');
    });
  });

  describe('remove', () => {
    it('removes a document that no other refers to', () => {
      expect(remove(folders.seeds, 'ruritania-2').status).toBe(0);
      expect(readdirSync(folders.seeds)).toEqual(['ruritania-1']);
    });

    it('is not hindered by what an interrupted command left', () => {
      mkdirSync(path('.ruritania-2.removed'));

      expect(remove(folders.seeds, 'ruritania-2').status).toBe(0);
      expect(readdirSync(folders.seeds)).toEqual(['ruritania-1']);
    });

    it('names the references of other documents, and removes nothing', () => {
      appendFileSync(
        path('ruritania-2/statements.yaml'),
        'relations:\n  - { id: R01, type: SUPPORTS, from: S01, to: ruritania-1/S01, rationale: Same bridge. }\n',
      );

      expect(remove(folders.seeds, 'ruritania-1')).toEqual({
        status: 1,
        output: [
          'ruritania-1 was not removed: 2 references in other folders lead to its records. Remove them, or move the records to a folder that stays.',
          'ruritania-2/statements.yaml:6 statements[0].attribution.speakers[0]: refers to person:duke-of-ruritania.',
          'ruritania-2/statements.yaml:11 relations[0].to: refers to statement:ruritania-1/S01.',
        ].join('\n'),
      });
      expect(existsSync(path('ruritania-1/actors.yaml'))).toBe(true);
    });

    it('also counts references of records that have problems', () => {
      writeFileSync(path('ruritania-2/statements.yaml'), 'relations: [{ id: R01, from: S01, to: ruritania-1/S01 }]\n');
      expect(remove(folders.seeds, 'ruritania-1').output).toContain('refers to ruritania-1/S01.');

      writeFileSync(path('ruritania-2/statements.yaml'), 'relations: [{ id: R01, from: S01, to: ruritania-1/S01 }\n');
      expect(remove(folders.seeds, 'ruritania-1').output).toContain('cannot be read, and has "ruritania-1/" in it.');
    });

    it.each(['none', '..', ''])('reports that %j is not a document', (folder) => {
      expect(remove(folders.seeds, folder)).toMatchObject({
        status: 1,
        output: expect.stringContaining('is not a folder'),
      });
      expect(readdirSync(folders.seeds)).toEqual(['ruritania-1', 'ruritania-2']);
    });
  });

  describe('rename', () => {
    it('changes nothing if the folder cannot be renamed', () => {
      const id = 'a'.repeat(300);
      const { problems } = readFolder(folders.seeds, 'ruritania-1');

      expect(rename(folders.seeds, 'ruritania-1', id)).toEqual({
        status: 1,
        output: `The folder ruritania-1 could not be renamed to ${id} (ENAMETOOLONG); expected a folder that can be written, or a shorter id.`,
      });
      expect(readFolder(folders.seeds, 'ruritania-1').problems).toEqual(problems);
    });

    it('rejects the names of folders that are not documents', () => {
      expect(rename(folders.seeds, 'ruritania-1', 'background').output).toContain('"background" cannot be the id');
    });

    it('changes folder, id and references, and nothing else', () => {
      const relations = (id: string) =>
        `# See ${id}/S01, not old-${id}/S01.\nrelations:\n  - { id: R01, type: SUPPORTS, from: S01, to: ${id}/S01, rationale: "Not ${id}/x." } # why\n`;
      appendFileSync(path('ruritania-2/statements.yaml'), relations('ruritania-1'));
      const before = readFileSync(path('ruritania-1/document.yaml'), 'utf8');

      expect(rename(folders.seeds, 'ruritania-1', 'valburg-news').status).toBe(0);

      expect(readdirSync(folders.seeds)).toEqual(['ruritania-2', 'valburg-news']);
      expect(readFileSync(path('valburg-news/document.yaml'), 'utf8')).toBe(
        before.replace('id: ruritania-1', 'id: valburg-news'),
      );
      expect(readFileSync(path('ruritania-2/statements.yaml'), 'utf8')).toContain(
        relations('ruritania-1')
          .replace('See ruritania-1/S01', 'See valburg-news/S01')
          .replace('to: ruritania-1', 'to: valburg-news'),
      );
      expect(readSeeds(folders.seeds).seeds?.relations[0]?.to).toBe('statement:valburg-news/S01');
    });

    it.each([
      ['zenda-news', 'ruritania-2/S01', 'S01'],
      ['aaa-news', 'S01', 'ruritania-2/S01'],
    ])('to %s keeps symmetric relations in the order of the ids', (to, first, second) => {
      writeFileSync(
        path('ruritania-1/statements.yaml'),
        `${readFileSync(path('ruritania-1/statements.yaml'), 'utf8')}relations:\n  - { id: R01, type: PARALLELS, from: S01, to: "ruritania-2/S01", rationale: Alike. } # why\n  - { id: R02, type: SUPPORTS, from: S01, to: ruritania-2/S01, rationale: So. }\n`,
      );
      const problems = readSeeds(folders.seeds).problems.length;

      expect(rename(folders.seeds, 'ruritania-1', to).status).toBe(0);

      const quoted = (id: string) => (id.includes('/') ? `"${id}"` : id);
      expect(readFileSync(path(`${to}/statements.yaml`), 'utf8')).toContain(
        `  - { id: R01, type: PARALLELS, from: ${quoted(first)}, to: ${quoted(second)}, rationale: Alike. } # why\n  - { id: R02, type: SUPPORTS, from: S01, to: ruritania-2/S01, rationale: So. }\n`,
      );
      expect(readSeeds(folders.seeds).problems).toHaveLength(problems);
    });

    it('completes what was interrupted if it is run again', () => {
      appendFileSync(
        path('ruritania-2/statements.yaml'),
        'relations:\n  - { id: R01, type: SUPPORTS, from: S01, to: ruritania-1/S01, rationale: Same. }\n',
      );
      const problems = readSeeds(folders.seeds).problems.length;
      // What is left if the process is killed after the folder was renamed.
      renameSync(path('ruritania-1'), path('valburg-news'));
      expect(readSeeds(folders.seeds).problems.length).toBeGreaterThan(problems);

      expect(rename(folders.seeds, 'ruritania-1', 'valburg-news').status).toBe(0);

      expect(readSeeds(folders.seeds).problems).toHaveLength(problems);
      expect(readFileSync(path('ruritania-2/statements.yaml'), 'utf8')).toContain('to: valburg-news/S01');
      expect(rename(folders.seeds, 'ruritania-1', 'valburg-news').output).toContain('is not a document of these seeds');
    });

    it('changes nothing in a file that is read-only, and names it', () => {
      appendFileSync(path('ruritania-2/statements.yaml'), '# See ruritania-1/S01.\n');
      chmodSync(path('ruritania-2/statements.yaml'), 0o444);

      expect(() => rename(folders.seeds, 'ruritania-1', 'valburg-news')).toThrow(
        /ruritania-2\/statements\.yaml cannot be written \(read-only\); expected a file and a folder that can be written/,
      );
      expect(readFileSync(path('ruritania-2/statements.yaml'), 'utf8')).toContain('# See ruritania-1/S01.');

      chmodSync(path('ruritania-2/statements.yaml'), 0o644);
      expect(rename(folders.seeds, 'ruritania-1', 'valburg-news').status).toBe(0);
      expect(readFileSync(path('ruritania-2/statements.yaml'), 'utf8')).toContain('# See valburg-news/S01.');
    });

    it.each([
      ['none', 'valburg-news', '"none" is not a document of these seeds'],
      ['..', 'valburg-news', '".." is not a document of these seeds'],
      ['ruritania-1', 'Valburg', '"Valburg" cannot be the id of a document'],
      ['ruritania-1', 'ruritania-2', 'The folder ruritania-2 already exists'],
    ])('of %j to %j is rejected', (from, to, message) => {
      expect(rename(folders.seeds, from, to)).toEqual({ status: 1, output: expect.stringContaining(message) });
      expect(readdirSync(folders.seeds)).toEqual(['ruritania-1', 'ruritania-2']);
    });
  });
});
