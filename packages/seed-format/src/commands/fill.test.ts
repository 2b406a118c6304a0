import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { passageDigest } from '@dossier/domain/facts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatProblem } from '../problem.js';
import { readFolder } from '../read.js';
import { citeFolder } from '../testing/citeFolder.js';
import { fill, fillAll } from './fill.js';

describe('fill', () => {
  let folders: ReturnType<typeof citeFolder>;
  beforeEach(() => {
    folders = citeFolder();
  });
  afterEach(() => rmSync(folders.root, { recursive: true }));
  const file = (name: string) => join(folders.seeds, 'ruritania-1', name);
  const run = (yaml: string) => {
    writeFileSync(file('actors.yaml'), yaml);
    const outcome = fill(folders.seeds, folders.documents, 'ruritania-1');
    return { ...outcome, yaml: readFileSync(file('actors.yaml'), 'utf8') };
  };
  const problems = () => readFolder(folders.seeds, 'ruritania-1', { documentsDir: folders.documents }).problems;
  const actor = (mentions: string) =>
    `actors:\n  # The Duke.\n  - { id: duke-of-ruritania, kind: PERSON, name: Duke of Ruritania, mentions: [${mentions}] }\n`;

  it('stores what the text has, whatever the form of the words, so that check accepts the records', () => {
    const { yaml, status, output } = run(
      actor('{ form: NAME, words: "Duke" }, { form: DESCRIPTION, words: "is open,\\"  said" }'),
    );

    expect(yaml).toBe(
      actor(
        `{ form: NAME, at: [48, 52], digest: "${passageDigest('Duke')}" }, { form: DESCRIPTION, at: [29, 43], digest: "${passageDigest('is open,” said')}" }`,
      ),
    );
    expect([status, output]).toEqual([0, 'ruritania-1/actors.yaml: 2 passages filled in.']);
    expect(problems().map(formatProblem)).toEqual([]);
  });

  it('finds the occurrence with a number, counted from 1', () => {
    expect(run(actor('{ form: NAME, words: bridge, occurrence: 2 }')).yaml).toContain('at: [58, 64]');
  });

  it('lists the occurrences of words that occur several times, and writes nothing', () => {
    const before = actor('{ form: NAME, words: bridge }');
    const { yaml, status, output } = run(before);

    expect([yaml, status]).toEqual([before, 1]);
    expect(output.split('\n')).toEqual([
      'ruritania-1/actors.yaml:3 actors[0].mentions[0].words: the words occur 2 times; expected "occurrence:" with one of these numbers:',
      expect.stringMatching(/^ {2}1: \[22, 28\] in paragraph 2: ".*“The bridge is open,/),
      expect.stringMatching(/^ {2}2: \[58, 64\] in paragraph 2: ".*The bridge is long\."$/),
      '0 filled in, 1 not.',
    ]);
    expect(run(actor('{ form: NAME, words: bridge, occurrence: 3 }')).output).toContain(
      'occurrence 3 of words that occur 2 times',
    );
  });

  it('reports words that do not occur with the nearest match, its position and what differs', () => {
    const { status, output } = run(
      actor('{ form: NAME, words: "the Duke of Valburg" }, { form: NAME, words: "the duke" }'),
    );

    expect(status).toBe(1);
    expect(output).toContain('actors[0].mentions[1].words: these words do not occur in the text');
    expect(output).toContain('\n  The nearest match differs in case: "the Duke"\n  [44, 52] in paragraph 2: ');
  });

  it('rejects words that are not within one paragraph', () => {
    expect(run(actor('{ form: NAME, words: "alburg “The" }')).output).toContain(
      'the words are not within one paragraph; expected words of one paragraph.\n  [9, 21] not within one',
    );
  });

  it('reports a file with YAML errors, and fills the others', () => {
    writeFileSync(file('statements.yaml'), 'statements: [{ words: x }\n');
    const { status, output, yaml } = run(actor('{ form: NAME, words: Duke }'));

    expect(status).toBe(1);
    expect(output).toMatch(/^ruritania-1\/statements\.yaml:\d+: /m);
    expect(yaml).toContain('at: [48, 52]');
  });

  it('needs the text', () => {
    writeFileSync(file('actors.yaml'), actor('{ form: NAME, words: Duke }'));

    expect(fill(folders.seeds, null, 'ruritania-1')).toEqual({
      status: 1,
      output: expect.stringContaining('The text of document:ruritania-1 is not mounted.'),
    });
  });

  it('fills all documents with words', () => {
    writeFileSync(file('actors.yaml'), actor('{ form: NAME, words: Duke }'));

    expect(fillAll(folders.seeds, folders.documents)).toEqual({
      status: 0,
      output: 'ruritania-1/actors.yaml: 1 passage filled in.',
    });
    expect(fillAll(folders.seeds, folders.documents)).toEqual({ status: 0, output: 'No words to fill in.' });
  });

  it('is what check demands for unresolved words, wherever they are', () => {
    writeFileSync(
      file('actors.yaml'),
      actor('{ form: NAME, words: Duke }, { form: NAME, words: bridge, occurrence: 2, bogus: 1 }'),
    );

    expect(problems().map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'actors[0].mentions[0].words: unresolved words; run "seeds fill ruritania-1", which replaces them by a position and a digest.',
      'actors[0].mentions[1].words: unresolved words; run "seeds fill ruritania-1", which replaces them by a position and a digest.',
      'actors[0].mentions[1].bogus: unknown key "bogus"; expected only the keys of the format.',
    ]);
  });
});
