import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { type RunningGateway, seedAll, startEmbedded } from '@dossier/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';

/** The folder of the first document. */
const FIRST = 'memri-sd-10149';
/** A made-up document that sorts before it. */
const SECOND = 'aaa-1';
const KNOWN = [{ title: 'Made up' }];

const root = mkdtempSync(join(tmpdir(), 'dossier-register-'));
const graphs: RunningGateway[] = [];
afterAll(async () => {
  for (const graph of graphs) await graph.close();
  rmSync(root, { recursive: true, force: true });
});

type Content = Record<string, unknown>;

/** Copies folders of the real seeds, and adds the made-up document if it is wanted. */
function seedsWith(name: string, folders: string[]): string {
  const seedsDir = join(root, name, 'seeds');
  for (const folder of folders)
    if (folder === SECOND) writeSecond(seedsDir);
    else cpSync(join(workspaceRoot(), 'seeds', folder), join(seedsDir, folder), { recursive: true });
  return seedsDir;
}

const write = (seedsDir: string, file: string, content: Content): void => {
  mkdirSync(join(seedsDir, file, '..'), { recursive: true });
  writeFileSync(join(seedsDir, `${file}.yaml`), stringify(content, { aliasDuplicateObjects: false }));
};

/** Adds records to the sections of a file. */
function append(seedsDir: string, file: string, sections: Record<string, unknown[]>): void {
  const content = parse(readFileSync(join(seedsDir, `${file}.yaml`), 'utf8')) as Record<string, unknown[]>;
  for (const [section, records] of Object.entries(sections))
    content[section] = [...(content[section] ?? []), ...records];
  write(seedsDir, file, content);
}

const passage = (start: number, end: number) => ({ at: [start, end], digest: '0'.repeat(16) });
const statement = (id: string, speaker: string, start: number): Content => ({
  id,
  summary: `The wall at mile ${start} is unfinished.`,
  kind: 'FACT_REPORT',
  modality: 'ASSERTED',
  attribution: { status: 'EXPLICIT', speakers: [speaker], relayChain: [{ carrier: 'kcna' }] },
  saidOn: { edtf: '1901-05', basis: 'STATED' },
  passages: [passage(start, start + 20)],
});

function writeSecond(seedsDir: string): void {
  write(seedsDir, `${SECOND}/document`, {
    document: {
      id: SECOND,
      title: 'The wall',
      publisher: 'kcna',
      publishedOn: { edtf: '1901-06', basis: 'STATED' },
      sha256: '0'.repeat(64),
      length: 200,
      byteLength: 200,
      paragraphs: [{ number: 1, role: 'BODY', ...passage(0, 200) }],
    },
  });
  write(seedsDir, `${SECOND}/actors`, {
    actors: [
      { id: 'black-michael', kind: 'PERSON', name: 'Black Michael', mentions: [{ form: 'NAME', ...passage(0, 13) }] },
    ],
    additions: [
      {
        of: 'hirohito',
        aliases: [{ text: 'the Emperor of the wall', lang: 'en', inDocument: true }],
        identifiers: [{ scheme: 'passport', value: 'R-1' }],
        affiliations: [{ to: 'un' }],
        mentions: [{ form: 'NAME', ...passage(20, 28) }],
      },
      {
        of: 'kcna',
        identifiers: [{ scheme: 'passport', value: 'R-1' }],
        mentions: [{ form: 'NAME', ...passage(30, 34) }],
      },
    ],
  });
  write(seedsDir, `${SECOND}/statements`, {
    statements: [statement('S01', 'black-michael', 0), statement('S02', 'hirohito', 40)],
  });
  write(seedsDir, `${SECOND}/sanctions`, { citations: [{ regime: 'un-dprk', passages: [passage(60, 70)] }] });
}

async function startOn(seedsDir: string) {
  const dataDir = join(seedsDir, '../data');
  await seedAll({ dataDir, seedsDir });
  const graph = await startEmbedded({ port: 0, host: '127.0.0.1', corsOrigins: [], dataDir, seedsDir: null });
  graphs.push(graph);
  return async (query: string) => {
    const { data, errors } = await graph.execute({ query });
    expect(errors).toBeUndefined();
    return JSON.parse(JSON.stringify(data)) as Record<string, never>;
  };
}

type Query = Awaited<ReturnType<typeof startOn>>;

const EMPEROR =
  '{ actor(id: "person:hirohito") { basis references { title } citations { id } aliases { text basis } affiliations { to { id } } identifiers { scheme } } }';
const REGIME = '{ regime(id: "regime:un-dprk") { basis references { title } citations { id } note } }';

describe('a record of the register', () => {
  let both: Query;
  let second: Query;
  let none: Query;
  beforeAll(async () => {
    both = await startOn(seedsWith('both', ['register', FIRST, SECOND]));
    second = await startOn(seedsWith('second', ['register', SECOND]));
    none = await startOn(seedsWith('none', ['register']));
  });

  it('unites what the documents say of it, in the order of their ids, with what is known from elsewhere', async () => {
    const { actor } = await both(EMPEROR);

    expect(actor).toEqual({
      basis: 'DOCUMENT',
      references: [],
      citations: [{ id: `citation:${SECOND}#char=20,28` }, { id: expect.stringContaining(`citation:${FIRST}#`) }],
      aliases: [
        { text: 'the Emperor of the wall', basis: 'DOCUMENT' },
        { text: 'Emperor Hirohito', basis: 'DOCUMENT' },
        { text: '裕仁', basis: 'BACKGROUND' },
        { text: '昭和天皇', basis: 'BACKGROUND' },
      ],
      affiliations: [{ to: { id: 'organization:un' } }, { to: { id: 'polity:japan' } }],
      identifiers: [{ scheme: 'passport' }, { scheme: 'wikidata' }],
    });
  });

  it('is found by the names that documents add to it', async () => {
    const search = '{ actors(filter: { search: "emperor of the wall" }) { nodes { id } } }';

    expect(await both(search)).toEqual({ actors: { nodes: [{ id: 'person:hirohito' }] } });
    expect(await none(search)).toEqual({ actors: { nodes: [] } });
  });

  it('loses only what a removed document said of it', async () => {
    const { actor } = await second(EMPEROR);

    expect(actor).toMatchObject({
      basis: 'DOCUMENT',
      citations: [{ id: `citation:${SECOND}#char=20,28` }],
      affiliations: [{ to: { id: 'organization:un' } }],
    });
  });

  it('rests on its references where no document mentions it', async () => {
    expect(await none(EMPEROR)).toEqual({
      actor: {
        basis: 'BACKGROUND',
        references: [{ title: 'Wikidata' }],
        citations: [],
        aliases: [
          { text: '裕仁', basis: 'BACKGROUND' },
          { text: '昭和天皇', basis: 'BACKGROUND' },
        ],
        affiliations: [],
        identifiers: [{ scheme: 'wikidata' }],
      },
    });
  });

  it('of the sanctions cites the documents that speak of it, and else its references', async () => {
    const citations = [expect.objectContaining({ id: `citation:${SECOND}#char=60,70` })];

    expect(((await both(REGIME)) as Content)['regime']).toMatchObject({
      basis: 'DOCUMENT',
      references: [],
      citations: [...citations, ...Array.from({ length: 4 }, () => ({ id: expect.stringContaining(FIRST) }))],
      note: expect.stringContaining('one regime'),
    });
    expect(await second(REGIME)).toMatchObject({
      regime: { basis: 'DOCUMENT', references: [], citations, note: null },
    });
    expect(await none(REGIME)).toMatchObject({
      regime: { basis: 'BACKGROUND', references: [expect.anything()], citations: [], note: null },
    });
  });

  it('may share an identifier with another: all are listed, and the first by id is found', async () => {
    const passport = 'scheme: "passport", value: "R-1"';

    expect(
      await both(
        `{ actors(filter: { identifier: { ${passport} } }) { totalCount nodes { id } } actorByIdentifier(${passport}) { id } }`,
      ),
    ).toEqual({
      actors: { totalCount: 2, nodes: [{ id: 'outlet:kcna' }, { id: 'person:hirohito' }] },
      actorByIdentifier: { id: 'outlet:kcna' },
    });
  });

  it('is served without any document: the lists of everything else are empty', async () => {
    expect(
      await none(
        '{ documents { totalCount } statements { totalCount } quotations { totalCount } events { totalCount } tradeFigures { totalCount } provisionLinks { totalCount } topics { topic } designations { totalCount } }',
      ),
    ).toEqual({
      documents: { totalCount: 0 },
      statements: { totalCount: 0 },
      quotations: { totalCount: 0 },
      events: { totalCount: 0 },
      tradeFigures: { totalCount: 0 },
      provisionLinks: { totalCount: 0 },
      topics: [],
      designations: { totalCount: 4 },
    });
  });
});

describe('a merged id', () => {
  let query: Query;
  beforeAll(async () => {
    const seedsDir = seedsWith('merged', ['register', SECOND]);
    append(seedsDir, 'register/actors', {
      actors: [
        { id: 'duke-of-strelsau', kind: 'PERSON', name: 'The Duke of Strelsau', references: KNOWN },
        { id: 'ruritania', kind: 'POLITY', status: 'SOVEREIGN_STATE', name: 'Ruritania', references: KNOWN },
      ],
      places: [
        { id: 'strelsau', name: 'Strelsau', references: KNOWN },
        { id: 'castle', name: 'Castle', within: 'old-strelsau', references: KNOWN },
      ],
      events: [
        {
          id: 'E01',
          label: 'Siege',
          kind: 'ARMED_CONFLICT',
          status: 'OCCURRED',
          date: { edtf: '1900', basis: 'BACKGROUND' },
          place: 'old-strelsau',
          participants: [{ actor: 'black-michael', role: 'leader' }],
          references: KNOWN,
        },
      ],
      merges: [
        { id: 'black-michael', sameAs: 'duke-of-strelsau', reason: 'A nickname.' },
        { id: 'old-ruritania', sameAs: 'ruritania', reason: 'A former id.' },
        { id: 'old-strelsau', sameAs: 'strelsau', reason: 'A former id.' },
      ],
    });
    append(seedsDir, 'register/sanctions', {
      designations: [
        {
          actor: 'black-michael',
          regime: 'eu-269-2014',
          listedOn: '1901-01-01',
          measures: ['ASSET_FREEZE'],
          references: KNOWN,
        },
      ],
    });
    write(seedsDir, `${SECOND}/trade`, {
      figures: [
        {
          id: 'F01',
          measure: 'TRADE_VALUE',
          flow: 'EXPORT',
          reporter: 'old-ruritania',
          partner: 'japan',
          period: { edtf: '1900', basis: 'STATED' },
          value: '5',
          statedAs: '5 USD',
          unit: 'USD',
          qualifier: 'EXACT',
          lowerBound: '5',
          upperBound: '5',
          statement: 'S01',
          passages: [passage(0, 20)],
        },
      ],
    });
    query = await startOn(seedsDir);
  });
  const OLD = 'person:black-michael';
  const NEW = 'person:duke-of-strelsau';

  it.each(['actor', 'node'])('returns the merged actor from "%s", with the fields of all services', async (field) => {
    const data = await query(
      `{ ${field}(id: "${OLD}") { id ... on Person { name aliases { text } basis citations { id } mentions { totalCount } statements(role: [SPEAKER]) { nodes { id } } designations { id } events { nodes { id } } tradeFigures { totalCount } } } }`,
    );

    expect(data[field]).toEqual({
      id: NEW,
      name: 'The Duke of Strelsau',
      aliases: [{ text: 'Black Michael' }],
      basis: 'DOCUMENT',
      citations: [{ id: `citation:${SECOND}#char=0,13` }],
      mentions: { totalCount: 1 },
      statements: { nodes: [{ id: `statement:${SECOND}/S01` }] },
      designations: [{ id: 'designation:eu-269-2014/black-michael' }],
      events: { nodes: [{ id: 'event:register/E01' }] },
      tradeFigures: { totalCount: 0 },
    });
  });

  it('is replaced in references', async () => {
    expect(await query(`{ statement(id: "statement:${SECOND}/S01") { attribution { speakers { id } } } }`)).toEqual({
      statement: { attribution: { speakers: [{ id: NEW }] } },
    });
  });

  it.each<[filter: string, list: string, id: string]>([
    ['speaker', `statements(filter: { speaker: "${OLD}" })`, `statement:${SECOND}/S01`],
    ['candidate', `statements(filter: { candidate: "${OLD}" })`, `statement:${SECOND}/S01`],
    ['participant', `events(filter: { participant: "${OLD}" })`, 'event:register/E01'],
    ['place', 'events(filter: { place: "place:old-strelsau" })', 'event:register/E01'],
    ['within', 'places(filter: { within: "place:old-strelsau" })', 'place:castle'],
    ['actor', `designations(filter: { actor: "${OLD}" })`, 'designation:eu-269-2014/black-michael'],
    ['reporter', 'tradeFigures(filter: { reporter: "polity:old-ruritania" })', `figure:${SECOND}/F01`],
  ])('selects the same as the new id in the filter "%s"', async (_, list, id) => {
    const replaced = list.replace(OLD, NEW).replace(':old-', ':');

    expect(replaced).not.toBe(list);
    expect(await query(`{ old: ${list} { nodes { id } } new: ${replaced} { nodes { id } } }`)).toEqual({
      old: { nodes: [{ id }] },
      new: { nodes: [{ id }] },
    });
  });

  it('is a party of trade under the new id', async () => {
    expect(
      await query(
        '{ actor(id: "polity:japan") { tradeFigures(counterpart: "polity:old-ruritania") { totalCount } } tradeSeries(reporter: "polity:old-ruritania", partner: "polity:japan", flow: EXPORT, measure: TRADE_VALUE) { reporter { id } } }',
      ),
    ).toEqual({
      actor: { tradeFigures: { totalCount: 1 } },
      tradeSeries: { reporter: { id: 'polity:ruritania' } },
    });
  });

  it('of another type than the actor leads nowhere', async () => {
    expect(await query('{ actor(id: "group:black-michael") { id } }')).toEqual({ actor: null });
  });
});

describe('a tension between documents', () => {
  it('is listed by its statements and by both documents', async () => {
    const seedsDir = seedsWith('tension', ['register', FIRST, SECOND]);
    write(seedsDir, 'register/statements', {
      tensions: [
        {
          id: 'T01',
          kind: 'CONTRADICTION',
          statements: [`${SECOND}/S01`, `${FIRST}/S06`],
          explanation: 'Only one can hold.',
        },
      ],
      relations: [
        { id: 'R01', type: 'CONTRADICTS', from: `${SECOND}/S01`, to: `${FIRST}/S06`, rationale: 'Only one can hold.' },
      ],
    });
    const query = await startOn(seedsDir);
    const tension = {
      id: 'tension:register/T01',
      documents: [{ id: `document:${SECOND}` }, { id: `document:${FIRST}` }],
      citations: [{ id: `citation:${SECOND}#char=0,20` }, { id: expect.stringContaining(FIRST) }],
    };
    const TENSIONS = 'tensions { id documents { id } citations { id } }';

    const data = await query(
      `{ statement(id: "statement:${FIRST}/S06") { ${TENSIONS} relations { other { id } } } document(id: "document:${SECOND}") { ${TENSIONS} } first: document(id: "document:${FIRST}") { ${TENSIONS} } node(id: "${tension.id}") { id } }`,
    );

    expect(data['statement']).toMatchObject({
      tensions: expect.arrayContaining([tension]),
      relations: expect.arrayContaining([{ other: { id: `statement:${SECOND}/S01` } }]),
    });
    expect(data['document']).toEqual({ tensions: [tension] });
    expect(data['first']).toMatchObject({ tensions: expect.arrayContaining([tension]) });
    expect(data['node']).toEqual({ id: tension.id });
  });

  it('names the reference that is left when one of the documents is removed', async () => {
    const seedsDir = seedsWith('dangling', ['register', SECOND]);
    write(seedsDir, 'register/statements', {
      tensions: [
        { id: 'T01', kind: 'SCOPE', statements: [`${SECOND}/S01`, `${FIRST}/S06`], explanation: 'Only one can hold.' },
      ],
    });

    await expect(seedAll({ dataDir: join(root, 'dangling/data'), seedsDir })).rejects.toThrow(
      `tensions[0].statements[1]: "${FIRST}/S06" is not the id of a known statement`,
    );
  });
});
