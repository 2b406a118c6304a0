import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mountDocuments } from '../mounted.js';
import { readSeeds } from '../read.js';
import type { Seeds } from '../records.js';
import { citeFolder } from '../testing/citeFolder.js';
import { check } from './check.js';

const PROBLEM = { file: 'ruritania-1/actors.yaml', line: 2, path: 'actors[0].id', message: 'expected another.' };

describe('check', () => {
  let folders: ReturnType<typeof citeFolder>;
  let seeds: Seeds;
  let mounted: ReturnType<typeof mountDocuments>;
  beforeAll(() => {
    folders = citeFolder();
    seeds = readSeeds(folders.seeds).seeds as Seeds;
    mounted = mountDocuments(folders.documents, seeds.documents);
  });
  afterAll(() => rmSync(folders.root, { recursive: true }));

  it('counts records by section and lists the documents that were compared with their texts', () => {
    const { output, status } = check({ seeds, problems: [], notes: [] }, mounted);

    expect(status).toBe(0);
    expect(output.split('\n')).toEqual(
      expect.arrayContaining([
        'documents: 2',
        'statements: 2',
        'actors: 1',
        'document:ruritania-1: text compared',
        'document:ruritania-2: text not mounted: digests not compared',
      ]),
    );
  });

  it('does not report a text with another digest as compared', () => {
    const other = new Map([['document:ruritania-1', { availability: 'MISMATCH' as const, text: null }]]);

    expect(check({ seeds, problems: [], notes: [] }, other).output).toContain(
      'document:ruritania-1: the text mounted under its name has another digest',
    );
  });

  it('prints every problem with its location, and nothing else', () => {
    const result = check({ seeds, problems: [PROBLEM, { ...PROBLEM, line: 7 }], notes: [] }, mounted);

    expect(result).toEqual({
      output:
        'ruritania-1/actors.yaml:2 actors[0].id: expected another.\nruritania-1/actors.yaml:7 actors[0].id: expected another.',
      status: 1,
    });
  });

  it('lists values that could not be compared with their words without failing', () => {
    const note = { ...PROBLEM, path: 'figures[0].value', message: '2 was not compared.' };

    expect(check({ seeds, problems: [], notes: [note] }, mounted)).toEqual({
      output: expect.stringContaining('\nnote: ruritania-1/actors.yaml:2 figures[0].value: 2 was not compared.\n'),
      status: 0,
    });
    expect(JSON.parse(check({ seeds, problems: [], notes: [note] }, mounted, { json: true }).output)).toMatchObject({
      problems: [],
      notes: [note],
    });
  });

  it.each([
    [[], 0],
    [[PROBLEM], 1],
  ])('prints problems, counts and documents as JSON', (problems, status) => {
    const result = check({ seeds, problems, notes: [] }, mounted, { json: true });

    expect(result.status).toBe(status);
    expect(JSON.parse(result.output)).toMatchObject({
      problems,
      counts: { statements: 2 },
      documents: [{ id: 'document:ruritania-1', availability: 'VERIFIED' }, { availability: 'NOT_MOUNTED' }],
    });
  });

  it('escapes control characters in JSON without changing the values', () => {
    const problem = { ...PROBLEM, path: '\u009b\u202e', message: '\u001b[2J\u007f\u2066\n' };
    const { output } = check({ seeds: null, problems: [problem], notes: [] }, new Map(), { json: true });

    expect(output).toContain('"\\u001b[2J\\u007f\\u2066\\n"');
    expect(output).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
    expect(JSON.parse(output)).toEqual({ problems: [problem], notes: [], counts: null, documents: [] });
  });

  it('prints no counts if nothing could be read', () => {
    expect(
      JSON.parse(check({ seeds: null, problems: [PROBLEM], notes: [] }, new Map(), { json: true }).output),
    ).toEqual({
      problems: [PROBLEM],
      notes: [],
      counts: null,
      documents: [],
    });
  });
});
