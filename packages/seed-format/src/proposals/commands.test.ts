import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountDocuments } from '../mounted.js';
import { formatProblem } from '../problem.js';
import { readSeeds } from '../read.js';
import { proposalFolder } from '../testing/proposalFolder.js';
import { acceptProposals, listProposals, propose, rejectProposals } from './commands.js';
import { ProposalsError, readProposals } from './proposalFile.js';

const PARAGRAPHS = [
  'Count Rupert said that "the bridge may stay open" for 12 million crowns.',
  'Yesterday Flavia of Zenda left Graustark. Flavia of Zenda will not return, says the Count Rupert.',
];
const FILES = {
  'register/actors.yaml': `actors:
  - { id: graustark, kind: POLITY, status: SOVEREIGN_STATE, name: Graustark, references: [{ title: General knowledge }] }
`,
  'ruritania-1/actors.yaml': `# Who is named.
actors:
  - id: count-rupert # of Hentzau
    kind: PERSON
    name: Count Rupert
`,
};
const statement = (id: string, at: [number, number]) => `  - id: ${id}
    summary: "A claim." # ours
    kind: FACT_REPORT
    modality: ASSERTED
    attribution: { status: EXPLICIT, speakers: [count-rupert] }
    saidOn: { edtf: "1901", basis: INFERRED }
    passages:
      - { at: [${at.join(', ')}], digest: "0000000000000000" }
`;

describe('proposals of a document', () => {
  let folder: ReturnType<typeof proposalFolder>;
  beforeEach(() => {
    folder = proposalFolder(PARAGRAPHS, FILES);
  });
  afterEach(() => rmSync(folder.root, { recursive: true }));

  const accept = (
    ids: string[],
    options: {
      kind?: 'mention' | 'hedge' | 'number' | 'quotation' | 'name' | 'date';
      same?: boolean;
      as?: string[];
      create?: string;
    } = {},
  ) =>
    acceptProposals(folder.workplace, 'ruritania-1', ids, options, {
      as: options.as ?? [],
      create: options.create ?? null,
    });
  const run = () => propose(folder.workplace, 'ruritania-1');
  const ids = (kind?: string) =>
    (readProposals(folder.workplace.seedsDir, 'ruritania-1')?.proposals ?? [])
      .filter((proposal) => !kind || proposal.kind === kind)
      .map(({ id }) => id);
  const idOf = (letter: string, words: string) => `${letter}${folder.at(words).join('-')}`;
  const writeStatements = (...statements: string[]) =>
    writeFileSync(
      join(folder.workplace.seedsDir, 'ruritania-1/statements.yaml'),
      `statements:\n${statements.join('\n')}`,
    );

  it('are written without words, into a folder that git and the seeds ignore', () => {
    expect(run().status).toBe(0);

    const file = folder.read('.proposals/ruritania-1.yaml');
    expect(file).not.toMatch(/Flavia|bridge|Yesterday/);
    expect(folder.read('.proposals/.gitignore')).toBe('*\n');
    expect(readSeeds(folder.workplace.seedsDir).problems.filter(({ file: name }) => name.startsWith('.'))).toEqual([]);
  });

  it('are the same each time, and are listed with their words', () => {
    run();
    const before = ids();
    run();

    expect(ids()).toEqual(before);
    expect(listProposals(folder.workplace, 'ruritania-1', 'number').output).toBe(
      `${idOf('N', '12 million')}  number  12000000  "12 million"`,
    );
  });

  it('become mentions of actors in this folder and in others, with the comments kept', () => {
    run();
    const { output, status } = accept([], { kind: 'mention' });

    expect([status, output]).toEqual([0, '3 accepted into ruritania-1/actors.yaml.']);
    const file = folder.read('ruritania-1/actors.yaml');
    expect(file.startsWith(FILES['ruritania-1/actors.yaml'])).toBe(true);
    expect(file).toContain(
      `additions:\n  - of: graustark\n    mentions:\n      - { form: NAME, at: [${folder.at('Graustark').join(', ')}], digest: "`,
    );
    expect(ids('mention')).toEqual([]);
    const { seeds, problems } = readSeeds(folder.workplace.seedsDir, folder.workplace);
    expect(problems.filter(({ file: name }) => name.endsWith('actors.yaml')).map(formatProblem)).toEqual([]);
    expect(
      mountDocuments(folder.workplace.documentsDir, seeds?.documents ?? []).get('document:ruritania-1')?.text,
    ).toBeTruthy();
    run();
    expect(ids('mention')).toEqual([]);
  });

  it('come with a warning if records have words without a position', () => {
    expect(run().output).not.toContain('seeds fill');

    writeFileSync(
      join(folder.workplace.seedsDir, 'ruritania-1/statements.yaml'),
      'statements:\n  - { id: S01, passages: [{ words: the bridge }] }\n',
    );
    expect(run().output).toContain('Passages given by words only: 1.');
  });

  it('that were rejected are not made again', () => {
    run();
    const id = idOf('N', '12 million');
    rejectProposals(folder.workplace, 'ruritania-1', [id], {});
    run();

    expect(ids()).not.toContain(id);
    expect(ids().length).toBeGreaterThan(0);
  });

  it('of unknown names need an actor, which may be new, and then take all places of the same words', () => {
    run();
    const id = idOf('U', 'Flavia of Zenda');

    expect(accept([id])).toMatchObject({ status: 1, output: expect.stringContaining('expected --as') });
    expect(accept([id], { as: ['flavia'] }).output).toContain('--create');
    expect(accept([id], { as: ['flavia'], create: 'POLITY' }).output).toContain(
      'the status of a new POLITY is missing; expected --create POLITY:SOVEREIGN_STATE or POLITY:',
    );
    expect(accept([id], { as: ['flavia'], create: 'POLITY:DUCHY' }).output).toContain('"DUCHY" is not a status');
    expect(accept([id], { as: ['flavia'], create: 'PERSON', same: true }).status).toBe(0);
    expect(folder.read('ruritania-1/actors.yaml')).toMatch(
      / {2}- id: flavia\n {4}kind: PERSON\n {4}name: "Flavia of Zenda"\n {4}mentions:\n {6}- .*\n {6}- .*\n$/,
    );
    run();
    expect(ids('name')).toEqual([]);
    expect(ids('mention')).toHaveLength(3);
  });

  it('of unknown names have the form that they have of a known actor', () => {
    rmSync(folder.root, { recursive: true });
    folder = proposalFolder(['The Zenda Courier wrote to the Courier. It is a Courier of Zenda Castle.'], FILES);
    run();
    const [whole, part] = [idOf('U', 'Zenda Courier'), `U${folder.at('Courier', 20).join('-')}`];

    expect(accept([whole], { as: ['courier'], create: 'MEDIA_OUTLET' }).status).toBe(0);
    expect(accept([part], { as: ['courier'] }).status).toBe(0);

    expect(folder.read('ruritania-1/actors.yaml')).toMatch(
      /id: courier[\s\S]*form: NAME, at: \[4, 17\][\s\S]*form: PARTIAL_NAME, at: \[31, 38\]/,
    );
  });

  it('of known names are accepted only as an actor with the name', () => {
    run();
    const id = idOf('M', 'Count Rupert');
    const before = folder.read('ruritania-1/actors.yaml');

    expect(accept([id], { as: ['no-such-actor'] })).toMatchObject({
      status: 1,
      output: expect.stringContaining(
        '"no-such-actor" is not a known actor or place; expected count-rupert, or --create',
      ),
    });
    expect(accept([id], { as: ['graustark'] })).toMatchObject({
      status: 1,
      output: expect.stringContaining(
        '"graustark" does not have this name; expected count-rupert, or the name as an alias of "graustark" first',
      ),
    });
    expect(accept([id], { as: ['count-rupert'], create: 'PERSON' }).output).toContain(
      '"count-rupert" exists already, as "Count Rupert"',
    );
    expect(folder.read('ruritania-1/actors.yaml')).toBe(before);

    writeFileSync(
      join(folder.workplace.seedsDir, 'register/actors.yaml'),
      FILES['register/actors.yaml'].replace(' }]', ' }], aliases: [{ text: "Count Rupert" }]'),
    );
    expect(accept([id], { as: ['graustark', 'graustark'] }).status).toBe(0);
    expect(folder.read('ruritania-1/actors.yaml').match(/form: NAME/g)).toHaveLength(1);
  });

  it('are not added again if the command was interrupted before it removed them', () => {
    const whole: [number, number] = [0, [...(PARAGRAPHS[0] as string)].length];
    writeStatements(statement('S01', whole));
    run();
    const file = join(folder.workplace.seedsDir, '.proposals/ruritania-1.yaml');
    const before = folder.read('.proposals/ruritania-1.yaml');
    const acceptAll = () => {
      for (const kind of ['mention', 'hedge', 'number', 'quotation'] as const) accept([], { kind });
      return ['actors', 'statements'].map((stem) => folder.read(`ruritania-1/${stem}.yaml`));
    };
    const accepted = acceptAll();
    writeFileSync(file, before);

    expect(acceptAll()).toEqual(accepted);
    expect(ids('mention')).toEqual([]);
  });

  it('of one record are not accepted with several, nor as a new actor', () => {
    const whole: [number, number] = [0, [...(PARAGRAPHS[0] as string)].length];
    writeStatements(statement('S01', whole), statement('S02', whole), statement('S03', [0, 5]));
    run();

    expect(accept([idOf('H', 'may')], { as: ['S01', 'S02'] }).output).toContain('expected --as once');
    expect(accept([idOf('H', 'may')], { as: ['S01'], create: 'PERSON' }).output).toContain('expected no --create');
    const [quotation] = ids('quotation') as [string];
    expect(accept([quotation], { as: ['S03'] }).output).toContain(
      'no passage of S03 has words of it; expected S01 or S02',
    );
  });

  it('of hedges go to the statement around them; without one, or with several, they need a decision', () => {
    run();
    const id = idOf('H', 'may');
    expect(accept([id])).toMatchObject({ status: 1, output: expect.stringContaining('outside all statements') });

    const whole: [number, number] = [0, [...(PARAGRAPHS[0] as string)].length];
    writeStatements(statement('S01', whole), statement('S02', whole));
    expect(accept([id]).output).toContain('S01 and S02 contain it');
    expect(accept([id], { as: ['S03'] }).output).toContain('not a statement');
    expect(accept([id], { as: ['S02'] }).status).toBe(0);
    expect(folder.read('ruritania-1/statements.yaml')).toMatch(
      /id: S02[\s\S]*saidOn.*\n {4}hedges:\n {6}- \{ kind: POSSIBILITY, at: .* \}\n {4}passages:/,
    );
    expect(accept([idOf('H', 'will not')], { as: ['S01'] }).output).toContain('outside the passages of S01');
  });

  it('of numbers, quotations and dates become records that the format allows', () => {
    writeStatements(statement('S01', [0, [...(PARAGRAPHS[0] as string)].length]));
    run();

    expect(accept([], { kind: 'number' }).status).toBe(0);
    expect(accept([], { kind: 'quotation' }).status).toBe(0);
    expect(accept([idOf('D', 'Yesterday')]).output).toContain('expected --as');
    expect(accept([idOf('D', 'Yesterday')], { as: ['S01'] }).status).toBe(0);
    const { seeds, problems } = readSeeds(folder.workplace.seedsDir);
    expect(problems.filter(({ file }) => file.endsWith('statements.yaml')).map(formatProblem)).toEqual([]);
    expect(seeds?.numbers).toMatchObject([{ value: '12000000', statement: 'statement:ruritania-1/S01' }]);
    expect(seeds?.quotations).toMatchObject([
      { kind: 'PARTIAL', speakerIsCertain: false, statements: ['statement:ruritania-1/S01'] },
    ]);
    expect(seeds?.statements[0]?.saidOn).toMatchObject({ edtf: '1901-05-02', basis: 'INFERRED' });
    run();
    expect(ids().filter((id) => /^[NQD]/.test(id))).toEqual([]);
  });

  it('are not accepted if the words at their position are others', () => {
    run();
    const file = join(folder.workplace.seedsDir, '.proposals/ruritania-1.yaml');
    const id = idOf('M', 'Graustark');
    const [start, end] = folder.at('Graustark');
    writeFileSync(
      file,
      folder.read('.proposals/ruritania-1.yaml').replace(`at: [${start}, ${end}]`, `at: [${start + 1}, ${end}]`),
    );

    expect(accept([id])).toMatchObject({ status: 1, output: expect.stringContaining('digest') });
    expect(folder.read('ruritania-1/actors.yaml')).toBe(FILES['ruritania-1/actors.yaml']);
  });

  it('name the file that has errors and cannot be added to', () => {
    run();
    writeFileSync(join(folder.workplace.seedsDir, 'ruritania-1/actors.yaml'), 'additions: [');

    expect(() => accept([idOf('M', 'Graustark')])).toThrow('ruritania-1/actors.yaml:1');
  });

  it('that were accepted or rejected before are reported as such', () => {
    run();
    const [known, name, other] = [idOf('M', 'Graustark'), idOf('U', 'Flavia of Zenda'), idOf('N', '12 million')];
    accept([known]);
    rejectProposals(folder.workplace, 'ruritania-1', [name], {});

    expect(() => accept([known])).toThrow(
      `${known}: already accepted, ruritania-1/actors.yaml has a record at this position; expected ids that`,
    );
    expect(() => accept([name, 'M0-1'])).toThrow(
      `${name}: already rejected; expected ids that "seeds proposals ruritania-1" prints.\nM0-1: not proposed for`,
    );
    expect(() => accept([other])).not.toThrow();
  });

  it('leave out relative dates until the date of publication is filled in, and say so', () => {
    const file = join(folder.workplace.seedsDir, 'ruritania-1/document.yaml');
    const filled = folder.read('ruritania-1/document.yaml');
    writeFileSync(file, filled.replace('"1901-05-03"', '<fill in>'));

    expect(run().output).toContain('The date of publication is not known, so relative dates were left out.');
    expect(ids('date')).toEqual([]);

    writeFileSync(file, filled);
    expect(run().output).not.toContain('The date of publication');
    expect(ids('date')).toHaveLength(1);
  });

  it('that cannot be written are reported with the folder and the remedy', () => {
    writeFileSync(join(folder.workplace.seedsDir, '.proposals'), '');

    expect(run).toThrow(
      /\/seeds\/\.proposals cannot be written \(EEXIST\); expected a folder where there is a file; move the file away\. It was not changed\.$/,
    );
  });

  it('need a known document, its text, and ids that are proposed', () => {
    expect(() => propose(folder.workplace, 'ruritania-9')).toThrow('expected ruritania-1');
    expect(() => propose({ ...folder.workplace, documentsDir: null }, 'ruritania-1')).toThrow('not mounted');
    expect(() => accept(['M0-1'])).toThrow('run "seeds propose');
    run();
    expect(() => accept(['M0-1'])).toThrow(ProposalsError);
    expect(() => accept([])).toThrow('Nothing is selected');
    writeFileSync(join(folder.workplace.seedsDir, '.proposals/ruritania-1.yaml'), 'proposals: [');
    expect(() => accept(['M0-1'])).toThrow('.proposals/ruritania-1.yaml:1');
    expect(existsSync(join(folder.workplace.seedsDir, 'ruritania-1/statements.yaml'))).toBe(false);
  });
});
