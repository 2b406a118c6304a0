import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { storeFile } from '@dossier/cli';
import { seedAll } from '@dossier/gateway';
import { readSeeds } from '@dossier/seed-format';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];
const KNOWN = [{ title: 'Made up' }];
const date = (edtf: string) => ({ edtf, basis: 'BACKGROUND' });
const passage = (start: number) => ({ at: [start, start + 10], digest: '0'.repeat(16) });
const person = (id: string) => ({ id, kind: 'PERSON', name: id, references: KNOWN });

// Records of the made-up seeds are changed by the cases below.
// biome-ignore lint/suspicious/noExplicitAny: JSON without a type of its own
type Json = any;

/** Made-up seeds with something of every kind, by file. */
function seeds(): Record<string, Json> {
  return {
    'register/actors': {
      actors: ['a', 'b', 'c'].map(person),
      places: [
        { id: 'inner', name: 'Inner', within: 'outer', references: KNOWN },
        { id: 'outer', name: 'Outer', references: KNOWN },
      ],
      offices: [{ id: 'O01', holder: 'a', title: 'duke', references: KNOWN }],
      kinship: [kinship('K01')],
      merges: [{ id: 'old', sameAs: 'a', reason: 'A former id.' }],
    },
    'register/sanctions': {
      regimes: [{ id: 'toll', name: 'Toll', targets: ['a'], references: KNOWN }],
      instruments: [instrument('act-1', 'Act 1')],
      provisions: [provision()],
      designations: [{ actor: 'a', regime: 'toll', listedOn: '1890-01-01', measures: ['OTHER'], references: KNOWN }],
    },
    'doc/document': {
      document: {
        id: 'doc',
        title: 'The bridge',
        publishedOn: date('1901'),
        sha256: '0'.repeat(64),
        length: 100,
        byteLength: 100,
        paragraphs: [{ number: 1, role: 'BODY', at: [0, 100], digest: '0'.repeat(16) }],
      },
    },
    'doc/actors': {
      additions: [{ of: 'a', mentions: [{ form: 'NAME', ...passage(0) }] }],
      events: [
        {
          id: 'E01',
          label: 'Opening',
          kind: 'RECOGNITION',
          status: 'OCCURRED',
          date: date('1900'),
          participants: [
            { actor: 'a', role: 'recogniser' },
            { actor: 'b', role: 'recognised' },
          ],
          statements: ['S01'],
          instruments: ['act-1'],
          passages: [passage(0)],
        },
      ],
    },
    'doc/statements': {
      statements: [statement('S01'), statement('S02')],
      relations: [{ id: 'R01', type: 'SUPPORTS', from: 'S01', to: 'S02', rationale: 'It does.' }],
      quotations: [
        {
          id: 'Q01',
          kind: 'DIRECT',
          speakerIsCertain: false,
          level: 1,
          statements: ['S01'],
          isTranslated: false,
          translationBasis: 'DOCUMENT',
          passages: [passage(0)],
        },
      ],
      works: [{ id: 'W01', kind: 'ARTICLE', description: 'A report.', passages: [passage(0)] }],
      tensions: [{ id: 'T01', kind: 'SCOPE', statements: ['S01', 'S02'], explanation: 'Both cannot hold.' }],
      cautions: [{ id: 'X01', kind: 'NAMING', explanation: 'Two of a name.', passages: [passage(0)] }],
      numbers: [{ id: 'N01', label: 'share', ...passage(0) }],
    },
    'doc/sanctions': {
      links: [
        {
          id: 'L01',
          statement: 'S01',
          regime: 'toll',
          relation: 'PERMITTED',
          confidence: 'LOW',
          rationale: 'Carts are exempt.',
          basis: 'ANALYST',
        },
      ],
    },
    'doc/trade': {
      commodities: [{ id: 'C01', name: 'carts', statement: 'S01', passages: [passage(0)] }],
      figures: [
        {
          id: 'F01',
          measure: 'RATIO',
          flow: 'EXPORT',
          reporter: 'a',
          partner: 'b',
          period: date('1900'),
          qualifier: 'UNQUANTIFIED',
          statement: 'S01',
          passages: [passage(0)],
        },
      ],
    },
  };
}

function statement(id: string): Json {
  return {
    id,
    summary: `Vehicles can cross, says ${id}.`,
    kind: 'FACT_REPORT',
    modality: 'ASSERTED',
    attribution: { status: 'EXPLICIT', speakers: ['a'] },
    saidOn: date('1900'),
    topics: ['bridges'],
    passages: [passage(0)],
  };
}
function kinship(id: string): Json {
  return { id, person: 'a', relative: 'b', relation: 'cousin', inverse: 'cousin', references: KNOWN };
}
function instrument(id: string, symbol: string): Json {
  return { id, symbol, title: 'Toll Act', regime: 'toll', adoptedOn: date('1890'), references: KNOWN };
}
function provision(): Json {
  return {
    instrument: 'act-1',
    paragraph: '2',
    measure: 'OTHER',
    direction: 'BOTH',
    summary: 'Carts pay.',
    inForceFrom: '1890-01-01',
    references: KNOWN,
  };
}

interface Case {
  /** Repeats in the seeds what the constraint says is unique. */
  repeat: (seeds: Record<string, Json>) => void;
  /** How the check rejects it; undefined if it is allowed, and the store unites or distinguishes the rows. */
  rejected?: string;
}

/** One actor by two ids. */
const speakerTwice: Case = {
  repeat: ({ 'doc/statements': { statements } }) => statements[0].attribution.speakers.push('old'),
  rejected: 'a duplicate of item 1 of this list',
};

/** The record of a section once more. */
const again = (file: string, section: string): Case => ({
  repeat: (all) => all[file][section].push(structuredClone(all[file][section][0])),
  rejected: 'is already the id of a record in',
});
/** An item of a list of a record once more. */
const twice = (file: string, section: string, key: string): Case => ({
  repeat: ({
    [file]: {
      [section]: [record],
    },
  }) => record[key].push(record[key][0]),
  rejected: 'a duplicate of item 1 of this list',
});

const WITH_ID = 'the key contains a unique id';
const COUNTED = 'the key contains a counter';

/** Constraints that no seeds can violate, with the reason. */
const ALWAYS_KEPT: Record<string, string> = {
  'actors.event(time_key)': WITH_ID,
  'actors.recognition(polity_id,position)': COUNTED,
  'statements.cited_passages(document_id)': 'a row has all passages of its document',
  'statements.event_statement(event_id,position)': COUNTED,
  'statements.paragraph(text_key)': 'it contains the number of the paragraph',
  'statements.quotation(text_key)': WITH_ID,
  'statements.stated_number(text_key)': WITH_ID,
  'statements.statement(said_key)': WITH_ID,
  'statements.statement(text_key)': WITH_ID,
  'sanctions.instrument(adopted_key)': WITH_ID,
  'trade.trade_figure(period_key)': WITH_ID,
};

const CASES: Record<string, Case> = {
  'actors.actor(id)': again('register/actors', 'actors'),
  'actors.actor_affiliation(to_id,actor_id)': {
    repeat: ({ 'doc/actors': { additions }, 'register/actors': { actors } }) => {
      actors[0].affiliations = [{ to: 'b', basis: 'BACKGROUND', references: KNOWN }];
      additions[0].affiliations = [{ to: 'b' }];
    },
  },
  'actors.actor_identifier(scheme,value,actor_id)': {
    repeat: ({ 'doc/actors': { additions }, 'register/actors': { actors } }) => {
      for (const record of [actors[0], actors[1], additions[0]])
        record.identifiers = [{ scheme: 'passport', value: '1' }];
    },
  },
  'actors.event(id)': again('doc/actors', 'events'),
  'actors.event_participant(actor_id,time_key,event_id)': {
    repeat: ({ 'doc/actors': { events } }) => events[0].participants.push({ actor: 'a', role: 'host' }),
  },
  'actors.kinship(subject_id,person_id,record_id)': {
    // Another tie of the same people.
    repeat: ({ 'register/actors': { kinship: records } }) =>
      records.push({ ...kinship('K02'), relation: 'guardian', inverse: 'ward' }),
  },
  'actors.merged_id(id)': again('register/actors', 'merges'),
  'actors.office(id)': again('register/actors', 'offices'),
  'actors.place(id)': again('register/actors', 'places'),
  'actors.place_within(around_id,place_id)': {
    repeat: ({ 'register/actors': { places } }) => {
      places[1].within = 'inner';
    },
    rejected: 'a place within itself',
  },
  'statements.caution(id)': again('doc/statements', 'cautions'),
  'statements.document(id)': {
    repeat: (all) => {
      all['other/document'] = all['doc/document'];
    },
    rejected: 'is already the id of a record in',
  },
  'statements.known_entity(id)': again('register/actors', 'actors'),
  'statements.mention(key)': {
    repeat: ({ 'doc/actors': { additions } }) =>
      additions.push({ of: 'b', mentions: [{ form: 'IMPLIED', ...passage(0) }] }),
  },
  'statements.merged_id(id)': again('register/actors', 'merges'),
  'statements.paragraph(id)': {
    repeat: ({ 'doc/document': { document } }) => document.paragraphs.push(document.paragraphs[0]),
    rejected: 'expected paragraphs numbered from 1',
  },
  'statements.paragraph_statement(paragraph_id,text_key)': {
    repeat: ({ 'doc/statements': { statements } }) => statements[0].passages.push(passage(20)),
  },
  'statements.quotation(id)': again('doc/statements', 'quotations'),
  'statements.quotation_statement(statement_id,quotation_key)': twice('doc/statements', 'quotations', 'statements'),
  'statements.stated_number(id)': again('doc/statements', 'numbers'),
  'statements.statement(id)': again('doc/statements', 'statements'),
  'statements.statement_party_said(actor_id,role,said_key)': speakerTwice,
  'statements.statement_party_text(actor_id,role,text_key)': speakerTwice,
  'statements.statement_relation(statement_id,other_id,type,direction)': {
    repeat: ({ 'doc/statements': { relations } }) => relations.push({ ...relations[0], id: 'R02' }),
    rejected: 'SUPPORTS is already recorded between these two',
  },
  'statements.statement_tag(tag,text_key,statement_id)': {
    repeat: ({ 'doc/statements': { statements, relations } }) => {
      statements.push(statement('S03'));
      relations.push({ ...relations[0], id: 'R03', to: 'S03' });
    },
  },
  'statements.statement_topic(topic,text_key,statement_id)': twice('doc/statements', 'statements', 'topics'),
  'statements.tension(id)': again('doc/statements', 'tensions'),
  'statements.tension_document(document_id,tension_id)': {
    // Both statements are of one document.
    repeat: () => {},
  },
  'statements.tension_statement(statement_id,tension_id)': twice('doc/statements', 'tensions', 'statements'),
  'statements.work(id)': again('doc/statements', 'works'),
  'sanctions.designation(id)': again('register/sanctions', 'designations'),
  'sanctions.instrument(id)': again('register/sanctions', 'instruments'),
  'sanctions.instrument(symbol)': {
    repeat: ({ 'register/sanctions': { instruments } }) => instruments.push(instrument('act-2', 'Act 1')),
    rejected: '"Act 1" is already the symbol of an instrument in',
  },
  'sanctions.instrument_event(event_id,adopted_key)': twice('doc/actors', 'events', 'instruments'),
  'sanctions.known_entity(id)': again('doc/actors', 'events'),
  'sanctions.merged_id(id)': again('register/actors', 'merges'),
  'sanctions.provision(id)': again('register/sanctions', 'provisions'),
  'sanctions.provision_link(id)': again('doc/sanctions', 'links'),
  'sanctions.regime(id)': again('register/sanctions', 'regimes'),
  'sanctions.regime_target(actor_id,regime_id)': {
    repeat: ({ 'register/sanctions': { regimes } }) => regimes[0].targets.push('old'),
    rejected: 'a duplicate of item 1 of this list',
  },
  'trade.commodity(id)': again('doc/trade', 'commodities'),
  'trade.figure_party(actor_id,figure_id,counterpart_id)': {
    repeat: ({ 'doc/trade': { figures } }) => {
      figures[0].partner = 'old';
    },
    rejected: 'is the reporter itself',
  },
  'trade.known_entity(id)': again('doc/statements', 'statements'),
  'trade.merged_id(id)': again('register/actors', 'merges'),
  'trade.trade_figure(id)': again('doc/trade', 'figures'),
};

const root = mkdtempSync(join(tmpdir(), 'dossier-unique-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, contents: Record<string, Json>): string {
  const seedsDir = join(root, name);
  for (const [file, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(seedsDir, file)), { recursive: true });
    writeFileSync(join(seedsDir, `${file}.yaml`), JSON.stringify(content));
  }
  return seedsDir;
}

describe('what is unique in the stores', () => {
  const cases = Object.entries(CASES);
  const allowed = cases.filter(([, { rejected }]) => rejected === undefined);
  const dataDir = join(root, 'data');
  beforeAll(async () => {
    const contents = seeds();
    for (const [, { repeat }] of allowed) repeat(contents);
    const seedsDir = write('allowed', contents);
    expect(readSeeds(seedsDir).problems).toEqual([]);
    await seedAll({ dataDir, seedsDir });
  });

  it('is repeated below for every constraint of every table', () => {
    const constraints = SERVICES.flatMap((service) => uniqueConstraints(service, storeFile(dataDir, service)));

    expect(constraints.sort()).toEqual([...Object.keys(ALWAYS_KEPT), ...Object.keys(CASES)].sort());
  });

  it.each(cases.filter(([, { rejected }]) => rejected !== undefined))(
    'is rejected by the check where it is repeated: %s',
    (name, { repeat, rejected }) => {
      const contents = seeds();
      repeat(contents);

      expect(readSeeds(write(name, contents)).problems.map(({ message }) => message)).toContainEqual(
        expect.stringContaining(rejected as string),
      );
    },
  );

  it('is united or kept apart in the stores where the check allows to repeat it', () => {
    const rowsOf = (service: string, table: string): number => {
      const store = new Database(storeFile(dataDir, service), { readonly: true });
      try {
        return store.prepare(`select count(*) from ${table}`).pluck().get() as number;
      } finally {
        store.close();
      }
    };

    expect(rowsOf('actors', 'actor_affiliation')).toBe(1);
    expect(rowsOf('actors', 'actor_identifier')).toBe(2);
    expect(rowsOf('actors', 'event_participant')).toBe(2);
    expect(rowsOf('actors', 'kinship')).toBe(4);
    expect(rowsOf('statements', 'mention')).toBe(2);
    expect(rowsOf('statements', 'paragraph_statement')).toBe(3);
    expect(rowsOf('statements', 'statement_tag')).toBe(6);
    expect(rowsOf('statements', 'tension_document')).toBe(1);
  });
});

/** The unique constraints of a store's tables, as `service.table(columns)`. */
function uniqueConstraints(service: string, file: string): string[] {
  const store = new Database(file, { readonly: true });
  try {
    const rows = store
      .prepare(
        `select t.name as "table", (select group_concat(name, ',') from (select name from pragma_index_info(i.name) order by seqno)) as columns
         from pragma_table_list t join pragma_index_list(t.name) i
         where t.schema = 'main' and t.type = 'table' and t.name <> '__drizzle_migrations' and i."unique"`,
      )
      .all() as { table: string; columns: string }[];
    return rows.map(({ table, columns }) => `${service}.${table}(${columns})`);
  } finally {
    store.close();
  }
}
