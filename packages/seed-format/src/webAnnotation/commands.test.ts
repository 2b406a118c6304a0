import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodePointText, passageDigest, workspaceRoot } from '@dossier/domain/facts';
import { afterEach, describe, expect, it } from 'vitest';
import { acceptProposals, listProposals, propose } from '../proposals/commands.js';
import { readProposals } from '../proposals/proposalFile.js';
import { proposalFolder } from '../testing/proposalFolder.js';
import { readAnnotations } from './annotation.js';
import { exportAnnotations, importAnnotations } from './commands.js';
import { passagesOf } from './import.js';

const PARAGRAPHS = [
  'The duke 🏰 spoke twice. The bridge is open 🌉🇺🇳, he said. The bridge is open, said Flavia.',
  `Cafe\u0301 na\u00efve ${'한국의 다리가 열렸다'.normalize('NFD')} end.`,
  'قال الوزير إن الجسر مفتوح، ثم صمت.',
  'Мост открыт, 橋は開いている.',
];
const PHRASES = [
  'duke 🏰',
  '🌉🇺🇳',
  'Cafe\u0301',
  '다리가 열렸다'.normalize('NFD'),
  'الجسر مفتوح',
  'Мост открыт',
  '橋は開',
];

const folders: string[] = [];
function folder(files: Record<string, string> = {}) {
  const made = proposalFolder(PARAGRAPHS, files);
  folders.push(made.root);
  return made;
}
afterEach(() => {
  for (const root of folders.splice(0)) rmSync(root, { recursive: true });
});

const annotation = (selector: object | object[], rest: object = {}) => ({
  '@context': 'http://www.w3.org/ns/anno.jsonld',
  type: 'Annotation',
  target: { source: 'document:ruritania-1', selector },
  ...rest,
});
const quote = (exact: string, around: object = {}) => ({ type: 'TextQuoteSelector', exact, ...around });
const position = (start: number, end: number) => ({ type: 'TextPositionSelector', start, end });

function importInto(of: ReturnType<typeof folder>, json: unknown, offsets: 'codepoints' | 'utf16' = 'codepoints') {
  const file = join(of.root, 'annotations.json');
  writeFileSync(file, JSON.stringify(json));
  const outcome = importAnnotations(of.workplace, 'ruritania-1', file, offsets);
  return { ...outcome, proposals: readProposals(of.workplace.seedsDir, 'ruritania-1')?.proposals ?? [] };
}

describe('an import of Web Annotations', () => {
  it.each(PHRASES)('proposes the position of the words, in code points: %s', (words) => {
    const of = folder();

    const { proposals, status } = importInto(of, [annotation(quote(words))]);

    expect([status, proposals.map(({ at }) => at)]).toEqual([0, [of.at(words)]]);
  });

  it('finds words in another normal form, and cites what the text has', () => {
    const of = folder();

    const { proposals } = importInto(of, [annotation(quote('다리가 열렸다'.normalize('NFC')))]);

    expect(proposals.map(({ at }) => at)).toEqual([of.at('다리가 열렸다'.normalize('NFD'))]);
  });

  it('drops words that do not occur, says so, and does not move them to similar ones', () => {
    const of = folder();
    const similar = of.at('Мост открыт');

    const { proposals, status, output } = importInto(of, [
      annotation([quote('Мост закрыт'), position(...similar)]),
      annotation(quote('in no way similar')),
      annotation(position(...similar)),
      { type: 'Bookmark' },
    ]);

    expect([status, proposals]).toEqual([1, []]);
    expect(output.split('\n')).toEqual([
      expect.stringMatching(/^Annotation 1 was dropped: its words do not occur in the text\. The nearest match has/),
      'Annotation 2 was dropped: its words do not occur in the text.',
      expect.stringMatching(/^Annotation 3 was dropped: it has no words/),
      'Annotation 4 was dropped: it is not an annotation.',
      expect.stringMatching(/^4 annotations: 0 passages proposed in .*, 0 known, 4 dropped\.$/),
    ]);
  });

  it('chooses between several occurrences by the text around them, then by the position in the given unit', () => {
    const words = 'The bridge is open';
    const of = folder();
    const first = of.at(words);
    const second = of.at(words, of.text.lastIndexOf(words));
    const unit = of.text.lastIndexOf(words);

    const at = (json: unknown, offsets?: 'utf16') => {
      const fresh = folder();
      return importInto(fresh, json, offsets).proposals.map((proposal) => proposal.at);
    };

    expect(at([annotation(quote(words, { suffix: ', said' }))])).toEqual([second]);
    // The text around the words outweighs the position.
    expect(at([annotation([quote(words, { prefix: 'twice. ' }), position(...second)])])).toEqual([first]);
    expect(at([annotation([quote(words), position(...second)])])).toEqual([second]);
    expect(at([annotation([quote(words), position(unit, unit + words.length)])], 'utf16')).toEqual([second]);
    // In the wrong unit the position names neither.
    expect(at([annotation([quote(words), position(unit, unit + words.length)])])).toEqual([]);
    expect(at([annotation(quote(words))])).toEqual([]);
  });

  it.each([
    ['one annotation', (one: object) => one],
    ['a list', (one: object) => [one]],
    ['a page', (one: object) => ({ type: 'AnnotationPage', items: [one] })],
    ['a collection', (one: object) => ({ type: 'AnnotationCollection', first: { items: [one] } })],
  ])('reads %s', (_name, wrap) => {
    expect(importInto(folder(), wrap(annotation(quote('Мост открыт')))).proposals).toHaveLength(1);
  });

  it.each([
    ['[', /^The file is not JSON/],
    ['7', /^The file has no annotations/],
    ['{"type":"Note"}', /^The file has no annotations/],
  ])('rejects a file with %s', (content, expected) => {
    const of = folder();
    const file = join(of.root, 'annotations.json');
    writeFileSync(file, content);

    expect(importAnnotations(of.workplace, 'ruritania-1', file, 'codepoints')).toEqual({
      status: 1,
      output: expect.stringMatching(expected),
    });
  });

  it('becomes a record only when it is accepted: a passage of a statement, or a mention', () => {
    const of = folder({
      'ruritania-1/actors.yaml': 'actors:\n  - { id: flavia, kind: PERSON, name: Flavia }\n',
      'ruritania-1/statements.yaml': `statements:
  - id: S01
    summary: "A claim." # ours
    passages:
      - { at: [0, 3], digest: "0000000000000000" }
`,
    });
    const before = of.read('ruritania-1/statements.yaml');

    const { proposals } = importInto(of, [
      annotation(quote('Мост открыт'), { body: 'statement:ruritania-1/S01' }),
      annotation(quote('Flavia'), { body: { type: 'TextualBody', value: 'Who is she?' } }),
    ]);
    expect(of.read('ruritania-1/statements.yaml')).toBe(before);
    // Proposals of the rules do not replace those of a person.
    propose(of.workplace, 'ruritania-1');
    expect(listProposals(of.workplace, 'ruritania-1', 'annotation').output).toContain('"Who is she?"  "Flavia"');
    const [flavia, open] = proposals.map(({ id }) => id) as [string, string];
    const accept = (id: string, as: string[]) =>
      acceptProposals(of.workplace, 'ruritania-1', [id], {}, { as, create: null });
    expect(accept(flavia, []).output).toContain('expected --as');
    accept(open, []);
    accept(flavia, ['flavia']);

    expect(of.read('ruritania-1/statements.yaml')).toContain(`- { at: [${of.at('Мост открыт').join(', ')}], digest: `);
    expect(of.read('ruritania-1/actors.yaml')).toContain(`at: [${of.at('Flavia').join(', ')}]`);
    expect(importInto(of, [annotation(quote('Flavia'))]).output).toContain(
      '0 passages proposed in .proposals/ruritania-1.yaml, 1 known',
    );
  });
});

describe('an export of Web Annotations', () => {
  const examples = join(workspaceRoot(), 'examples');
  const workplace = { seedsDir: join(examples, 'seeds'), documentsDir: join(examples, 'documents') };
  const collectionOf = (flags: Parameters<typeof exportAnnotations>[2]) =>
    JSON.parse(exportAnnotations(workplace, 'salt-strait-77', flags).output);

  it('has positions only, unless words are requested', () => {
    const { first, total } = collectionOf({ offsets: 'codepoints' });

    expect(first.items).toHaveLength(total);
    expect(total).toBeGreaterThan(50);
    expect(JSON.stringify(first.items)).not.toContain('TextQuoteSelector');
    expect(first.items[0]).toMatchObject({ type: 'Annotation', target: { source: 'document:salt-strait-77' } });
  });

  it('needs the text for words, and for positions in UTF-16 units', () => {
    const without = { ...workplace, documentsDir: null };

    expect(exportAnnotations(without, 'salt-strait-77', { offsets: 'codepoints' }).status).toBe(0);
    for (const flags of [{ offsets: 'utf16' }, { offsets: 'codepoints', withWords: true }] as const)
      expect(exportAnnotations(without, 'salt-strait-77', flags)).toEqual({
        status: 1,
        output: expect.stringContaining('is not mounted'),
      });
  });

  it.each(['codepoints', 'utf16'] as const)('comes back as the same passages, with positions in %s', (offsets) => {
    const of = folder();
    const seeds = [
      'actors:\n  - id: flavia\n    kind: PERSON\n    name: Flavia\n    references: [{ title: Made up }]\n    mentions:',
      ...PHRASES.map(
        (words) => `      - { form: NAME, at: [${of.at(words).join(', ')}], digest: "${digestOf(of, words)}" }`,
      ),
      '',
    ].join('\n');
    writeFileSync(join(of.workplace.seedsDir, 'ruritania-1/actors.yaml'), seeds);
    const file = join(of.root, 'exported.json');
    exportAnnotations(of.workplace, 'ruritania-1', { offsets, withWords: true, output: file });

    const outcome = importAnnotations(of.workplace, 'ruritania-1', file, offsets);

    expect(outcome.status).toBe(0);
    const imported = readProposals(of.workplace.seedsDir, 'ruritania-1')?.proposals ?? [];
    expect(imported.map(({ at }) => at)).toEqual(PHRASES.map((words) => of.at(words)));
    expect(imported.map((proposal) => proposal.kind === 'annotation' && proposal.of)).toEqual(
      PHRASES.map(() => ['flavia']),
    );
    const [first] = JSON.parse(readFileSync(file, 'utf8')).first.items;
    expect(first.target.selector[1]).toMatchObject({ exact: PHRASES[0] });
  });

  it('of the example comes back as the same passages', () => {
    const text = new CodePointText(readFileSync(join(workplace.documentsDir, 'salt-strait-77.txt'), 'utf8'));
    const annotations = readAnnotations(collectionOf({ offsets: 'utf16', withWords: true }));

    const { proposals, dropped } = passagesOf(annotations, text, [], 'utf16');

    expect(dropped).toEqual([]);
    const { first } = collectionOf({ offsets: 'codepoints' });
    expect(new Set(proposals.map(({ at }) => at.join()))).toEqual(new Set(first.items.map(positionOf)));
  });
});

const positionOf = ({ target: { selector } }: { target: { selector: { start: number; end: number }[] } }) =>
  selector.map(({ start, end }) => `${start},${end}`)[0];
const digestOf = ({ text }: { text: string }, words: string): string => {
  const start = text.indexOf(words);
  return passageDigest(text.slice(start, start + words.length));
};
