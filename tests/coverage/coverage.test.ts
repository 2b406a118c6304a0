import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { documentsDir, inventoryFile, inventory as reviewed } from '../support/needs.js';
import { corrected, corrections } from './corrections.js';

/**
 * Every record and every passage of a reviewed inventory of the document, except for the listed corrections, found again in the running graph and through
 * GraphQL alone. The inventory is not part of the repository; INVENTORY_FILE is its path.
 */
const DOC = 'memri-sd-10149';
const PREFIX: Record<string, string> = {
  PERSON: 'person',
  MEDIA_OUTLET: 'outlet',
  GROUP: 'group',
  STATE: 'polity',
  BREAKAWAY_ENTITY: 'polity',
  HISTORICAL_STATE: 'polity',
  INTERNATIONAL_ORG: 'organization',
  GOVERNMENT_BODY: 'organization',
  RESEARCH_INSTITUTE: 'organization',
  MILITARY_UNIT: 'organization',
  PLACE: 'place',
};
const VOICE: Record<string, string> = { MEMRI: 'organization:memri', NG: 'outlet:nezavisimaya-gazeta' };

interface Span {
  paragraph: number;
  start: number;
  end: number;
  byteStart: number;
  byteEnd: number;
  evidence: { exact: string };
}
// The inventory and the responses are untyped JSON, which is interpreted by the comparisons below.
// biome-ignore lint/suspicious/noExplicitAny: JSON compared value by value
type Json = any;

describe.skipIf(reviewed.isMissing)('the graph returns in full', reviewed.options, () => {
  let graph: TestGraph;
  let inventory: Json;
  let typed: (slug: string | null) => string | null;
  beforeAll(async () => {
    graph = await startGraph({ documentsDir });
    inventory = corrected(JSON.parse(readFileSync(inventoryFile as string, 'utf8')));
    const ids = new Map<string, string>(
      inventory.actors.map((actor: Json) => [actor.id, `${PREFIX[actor.kind]}:${actor.id}`]),
    );
    typed = (slug) => (slug === null ? null : (ids.get(slug) ?? null));
  });
  afterAll(() => graph.close());

  const CITATION = 'citations { id paragraph start end startByte endByte excerpt }';

  /** All nodes of a connection, page by page. */
  async function all(field: string, selection: string, args = ''): Promise<Json[]> {
    const nodes: Json[] = [];
    for (let after: string | null = null; ; ) {
      const { data, errors }: Json = await graph.query(
        `query ($after: String) { ${field}(first: 25, after: $after${args}) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      expect(errors).toBeUndefined();
      nodes.push(...data[field].nodes);
      if (!data[field].pageInfo.hasNextPage) return nodes;
      after = data[field].pageInfo.endCursor;
    }
  }
  const byId = (nodes: Json[]): Map<string, Json> => new Map(nodes.map((node) => [node.id, node]));
  const idsOf = (nodes: Json[]): string[] => nodes.map((node) => node.id);
  const local = (kind: string, id: string): string => `${kind}:${DOC}/${id}`;
  const provisionId = (id: string | null): string | null =>
    id === null ? null : `provision:unscr-${id.replace('-', '/')}`;

  const expectedCitation = ({ paragraph, start, end, byteStart, byteEnd, evidence }: Span): Json => ({
    id: `citation:${DOC}#char=${start},${end}`,
    paragraph,
    start,
    end,
    startByte: byteStart,
    endByte: byteEnd,
    excerpt: documentsDir ? evidence.exact : null,
  });
  const expectSpans = (citations: Json[], spans: Span[]): void => {
    expect(citations).toEqual(spans.map(expectedCitation));
  };

  it('what was corrected, each correction with its reason', () => {
    const original = JSON.parse(readFileSync(inventoryFile as string, 'utf8'));
    const [first] = corrections;

    expect(corrections.every(({ reason }) => reason.length > 0)).toBe(true);
    expect(() => corrected(original, [{ ...first, served: first?.inventory } as never])).toThrow('changes nothing');
    expect(() => corrected(original, [{ ...first, inventory: '2022' } as never])).toThrow('has another value');
  });

  it('the document and its paragraphs', async () => {
    const { data }: Json =
      await graph.query(`{ document(id: "document:${DOC}") { sha256 length byteLength series number publishedOn { edtf } publisher { id } availability reproduces { id }
      paragraphs { number role voice { id } citation { start end startByte endByte } } insertions { id } } }`);
    const { document } = inventory;

    expect(data.document).toMatchObject({
      sha256: document.sha256,
      length: document.codePoints,
      byteLength: document.bytes,
      series: document.series,
      number: document.number,
      publishedOn: { edtf: document.published },
      publisher: { id: typed(document.publisher) },
      availability: documentsDir ? 'VERIFIED' : 'NOT_MOUNTED',
      reproduces: { id: local('work', 'W02') },
    });
    expect(data.document.paragraphs).toEqual(
      inventory.paragraphs.map((paragraph: Json) => ({
        number: paragraph.n,
        role: paragraph.role.toUpperCase(),
        voice: { id: VOICE[paragraph.voice] },
        citation: {
          start: paragraph.start,
          end: paragraph.end,
          startByte: paragraph.byteStart,
          endByte: paragraph.byteEnd,
        },
      })),
    );
    expect(idsOf(data.document.insertions)).toEqual(
      inventory.editorialInsertions.map((insertion: Json) => expectedCitation(insertion.spans[0]).id),
    );
  });

  it('actors with names, aliases, identifiers, affiliations and every mention', async () => {
    const actors = byId(
      await all(
        'actors',
        'id name description note basis aliases { text inDocument basis references { title } } identifiers { scheme value } affiliations { to { id } basis }',
      ),
    );
    const expected = inventory.actors.filter((actor: Json) => actor.kind !== 'PLACE');

    expect(actors.size).toBe(expected.length);
    for (const actor of expected) {
      const id = typed(actor.id) as string;
      expect(actors.get(id), id).toMatchObject({
        name: actor.name,
        description: actor.role,
        note: actor.note,
        basis: actor.basis,
      });
      const aliases: Json[] = actors.get(id).aliases;
      expect(aliases.filter(({ inDocument }) => inDocument).map((alias) => alias.text)).toEqual(
        actor.aliases.filter((alias: string) => alias.split(' ').length < 8),
      );
      for (const { text, inDocument, basis, references } of aliases)
        expect([text, basis, references.length > 0]).toEqual(
          inDocument ? [text, 'DOCUMENT', false] : [text, 'BACKGROUND', true],
        );
      expect(actors.get(id).identifiers).toEqual(actor.wikidata ? [{ scheme: 'wikidata', value: actor.wikidata }] : []);
      expect(actors.get(id).affiliations.map((affiliation: Json) => affiliation.to.id)).toEqual(
        actor.affiliation.map(typed),
      );
      const { data }: Json = await graph.query(
        `query ($id: ID!) { actor(id: $id) { mentions(first: 100) { totalCount nodes { form citation { id paragraph start end startByte endByte excerpt } } } } }`,
        { id },
      );
      expect(data.actor.mentions.totalCount).toBe(actor.mentionCount);
      expect(data.actor.mentions.nodes).toEqual(
        actor.mentions.map((mention: Json) => ({ form: mention.form, citation: expectedCitation(mention) })),
      );
    }
  });

  it('places with what they lie within and every mention', async () => {
    const places = byId(
      await all(
        'places',
        `id name note within { id } affiliations { to { id } } mentions(first: 100) { nodes { form ${CITATION.replace('citations', 'citation')} } }`,
      ),
    );
    const expected = inventory.actors.filter((actor: Json) => actor.kind === 'PLACE');

    expect(places.size).toBe(expected.length);
    for (const place of expected) {
      const found = places.get(typed(place.id) as string);
      const [within, others] = [
        place.affiliation.map(typed).filter((id: string) => id.startsWith('place:')),
        place.affiliation.map(typed).filter((id: string) => !id.startsWith('place:')),
      ];
      expect(found).toMatchObject({ name: place.name, note: place.note, within: within[0] ? { id: within[0] } : null });
      expect(found.affiliations.map((affiliation: Json) => affiliation.to.id)).toEqual(others);
      expect(found.mentions.nodes).toEqual(
        place.mentions.map((mention: Json) => ({ form: mention.form, citation: expectedCitation(mention) })),
      );
    }
  });

  it('offices and kinship', async () => {
    const people = byId(
      await all(
        'actors',
        `id ... on Person { offices { id title note holder { id } organization { id } host { id } ${CITATION} } kin { relation person { id } ${CITATION} } }`,
        ', filter: { kind: [PERSON] }',
      ),
    );
    const offices = byId([...people.values()].flatMap((person) => person.offices));

    expect(offices.size).toBe(inventory.offices.length);
    for (const office of inventory.offices) {
      const found = offices.get(local('office', office.id));
      expect(found).toMatchObject({ title: office.office, note: office.note, holder: { id: typed(office.person) } });
      expect(found.organization?.id ?? null).toBe(typed(office.organisation));
      expect(found.host?.id ?? null).toBe(typed(office.host));
      expectSpans(found.citations, office.spans);
    }
    const [tie] = inventory.kinship;
    expect(people.get(typed(tie.object) as string).kin).toMatchObject([
      { relation: 'grandfather', person: { id: typed(tie.subject) } },
    ]);
    expect(people.get(typed(tie.subject) as string).kin).toMatchObject([
      { relation: 'grandson', person: { id: typed(tie.object) } },
    ]);
    expectSpans(people.get(typed(tie.object) as string).kin[0].citations, tie.spans);
  });

  it('events with participants, dates, background and the statements that bear on them', async () => {
    const events = byId(
      await all(
        'events',
        `id label kind status note date { edtf earliest latest basis } place { id } participants { role actor { id } } background { fact references { title } } statements { id } ${CITATION}`,
      ),
    );

    expect(events.size).toBe(inventory.events.length);
    for (const event of inventory.events) {
      const found = events.get(local('event', event.id));
      const { edtf, earliest, latest, basis } = event.date;
      expect(found).toMatchObject({
        label: event.title,
        kind: event.kind,
        status: event.status,
        note: event.note,
        date: { edtf, earliest, latest, basis },
      });
      expect(found.place?.id ?? null).toBe(typed(event.place));
      const role = (name: string) =>
        name
          .toLowerCase()
          .replaceAll('_', ' ')
          .replace(/ (implied|planned)$/, ' ($1)');
      expect(found.participants).toEqual(
        event.participants.map((participant: Json) => ({
          role: role(participant.role),
          actor: { id: typed(participant.actor) },
        })),
      );
      expect(idsOf(found.statements)).toEqual(event.statements.map((id: string) => local('statement', id)));
      expect(found.background.map((background: Json) => background.fact)).toEqual(
        event.background ? [event.background.fact] : [],
      );
      expectSpans(found.citations, event.spans);
    }
  });

  it('statements with attribution, hedges and passages', async () => {
    const statements = await all(
      'statements',
      `id summary kind modality venue note topics voice { id } saidOn { edtf earliest latest basis note } addressees { id } hedges { kind ${CITATION.replace('citations', 'citation')} }
      attribution { status note speakers { id } candidates { id } imputedTo { id } imputedBy { id } relayChain { position carrier { id } } } ${CITATION}`,
    );

    expect(idsOf(statements)).toEqual(inventory.statements.map((statement: Json) => local('statement', statement.id)));
    const hedges = grouped(inventory.hedges, (hedge) => hedge.statement);
    for (const [index, statement] of inventory.statements.entries()) {
      const found = statements[index];
      expect(found).toMatchObject({
        summary: statement.paraphrase,
        kind: statement.kind,
        modality: statement.modality,
        venue: statement.venue,
        note: statement.note,
        topics: statement.topics,
        voice: { id: VOICE[statement.voice] },
      });
      expect(found.saidOn).toMatchObject({
        edtf: statement.date.edtf,
        earliest: statement.date.earliest,
        latest: statement.date.latest,
        basis: statement.date.basis,
      });
      expect(idsOf(found.addressees)).toEqual(statement.addressees.map(typed));
      const { status, speakers, candidates, imputedTo, imputedBy, relayChain } = found.attribution;
      expect(status).toBe(statement.attributionStatus);
      expect(idsOf(speakers)).toEqual(statement.speakers.map(typed));
      expect(idsOf(candidates)).toEqual(statement.candidateSpeakers.map(typed));
      expect([imputedTo?.id ?? null, imputedBy?.id ?? null]).toEqual([
        typed(statement.imputedTo),
        typed(statement.imputedBy),
      ]);
      const [first] = statement.relayChain;
      const voices =
        statement.speakers.includes(first) || first === statement.imputedBy || first === 'unknown'
          ? statement.relayChain.slice(1)
          : statement.relayChain;
      const carriers = voices
        .filter((hop: string) => !hop.startsWith('medium:'))
        .map((hop: string) => (hop.startsWith('source-lost:') ? null : typed(hop)));
      expect(relayChain.map((hop: Json) => hop.carrier?.id ?? null)).toEqual(carriers);
      expect(relayChain.map((hop: Json) => hop.position)).toEqual(
        carriers.map((_: unknown, position: number) => position + 1),
      );
      const marks = (hedges.get(statement.id) ?? []).sort((a: Json, b: Json) => a.spans[0].start - b.spans[0].start);
      expect(found.hedges).toEqual(
        marks.map((hedge: Json) => ({ kind: hedge.type, citation: expectedCitation(hedge.spans[0]) })),
      );
      expectSpans(found.citations, statement.spans);
    }
  });

  it('relations, from either end and with a reason', async () => {
    const statements = byId(await all('statements', 'id relations { type direction rationale basis other { id } }'));

    const ends = [...statements.values()].reduce((sum, statement) => sum + statement.relations.length, 0);
    expect(ends).toBe(2 * inventory.statementRelations.length);
    for (const { type, source, target, symmetric } of inventory.statementRelations) {
      const [from, to] = [local('statement', source), local('statement', target)];
      const out = statements
        .get(from)
        .relations.find((relation: Json) => relation.type === type && relation.other.id === to);
      const back = statements
        .get(to)
        .relations.find((relation: Json) => relation.type === type && relation.other.id === from);
      expect(out).toMatchObject({
        direction: symmetric ? 'MUTUAL' : 'OUTGOING',
        basis: 'ANALYST',
        rationale: expect.stringMatching(/\w+ \w+ \w+/),
      });
      expect(back).toMatchObject({ direction: symmetric ? 'MUTUAL' : 'INCOMING', rationale: out.rationale });
    }
  });

  it('quotations, works, tensions, cautions and numbers', async () => {
    const quotations = byId(
      await all(
        'quotations',
        `id kind level speakerIsCertain isTranslated translationBasis note speaker { id } statements { id } markedCitation { id } ${CITATION}`,
      ),
    );
    const { data }: Json =
      await graph.query(`{ document(id: "document:${DOC}") { works { id kind description maker { id } date { edtf } ${CITATION} } tensions { id kind explanation statements { id } }
      cautions { id kind explanation ${CITATION} } numbers { label value note ${CITATION.replace('citations', 'citation')} } } }`);
    const { works, tensions, cautions, numbers } = data.document;

    expect(quotations.size).toBe(inventory.quotations.length);
    for (const quotation of inventory.quotations) {
      const found = quotations.get(local('quotation', quotation.id));
      expect(found).toMatchObject({
        kind: quotation.kind,
        level: quotation.level,
        speakerIsCertain: quotation.speakerCertain,
        isTranslated: quotation.translation,
        translationBasis: quotation.translationBasis,
        note: quotation.note,
        markedCitation: quotation.markedSpan ? { id: expectedCitation(quotation.markedSpan).id } : null,
      });
      expect(found.speaker?.id ?? null).toBe(typed(quotation.speaker));
      expect(idsOf(found.statements)).toEqual(quotation.statements.map((id: string) => local('statement', id)));
      expectSpans(found.citations, quotation.spans);
    }
    expect(idsOf(works)).toEqual(inventory.works.map((work: Json) => local('work', work.id)));
    for (const [index, work] of inventory.works.entries()) {
      expect(works[index]).toMatchObject({ kind: work.kind, description: work.description });
      expect([works[index].maker?.id ?? null, works[index].date?.edtf ?? null]).toEqual([
        typed(work.maker),
        work.dateEdtf,
      ]);
      expectSpans(works[index].citations, work.spans);
    }
    expect(tensions).toEqual(
      inventory.tensions.map((tension: Json) => ({
        id: local('tension', tension.id),
        kind: tension.kind,
        explanation: tension.explanation,
        statements: tension.statements.map((id: string) => ({ id: local('statement', id) })),
      })),
    );
    const traps = [
      ...inventory.namingTraps.map((trap: Json) => ({ ...trap, kind: 'NAMING' })),
      ...inventory.misprints.map((misprint: Json) => ({ ...misprint, kind: 'MISPRINT', explanation: misprint.note })),
    ];
    expect(cautions).toHaveLength(traps.length);
    for (const trap of traps) {
      const found = cautions.find((caution: Json) => caution.id === local('caution', trap.id));
      expect(found).toMatchObject({ kind: trap.kind, explanation: trap.explanation });
      expectSpans(found.citations, trap.spans);
    }
    const inOrder = [...inventory.otherNumbers].sort((a: Json, b: Json) => a.spans[0].start - b.spans[0].start);
    expect(numbers).toEqual(
      inOrder.map((number: Json) => ({
        label: number.key.replaceAll('-', ' '),
        value: number.value,
        note: number.note,
        citation: expectedCitation(number.spans[0]),
      })),
    );
  });

  it('regimes, instruments, provisions and links', async () => {
    const regimes = byId(
      await all('regimes', `id name note basis authority { id } targets { id } background { fact } ${CITATION}`),
    );
    const instruments = byId(
      await all('instruments', 'id symbol basis note adoptedOn { edtf } regime { id } references { title }'),
    );
    const provisions = byId(
      await all(
        'provisions',
        'id paragraph paragraphSource measure direction summary cap deadline inForceFrom basis instrument { id } hsChapters references { title locator }',
      ),
    );
    const links = byId(
      await all(
        'provisionLinks',
        'id relation confidence rationale basis statement { id } regime { id } provision { id } citations { id }',
      ),
    );
    const {
      regimes: expectedRegimes,
      instruments: expectedInstruments,
      provisions: expectedProvisions,
      links: expectedLinks,
    } = inventory.sanctions;

    for (const regime of expectedRegimes) {
      const found = regimes.get(`regime:${regime.id}`);
      expect(found).toMatchObject({
        name: regime.name,
        note: regime.note,
        basis: regime.basis,
        targets: [{ id: typed(regime.target) }],
        background: [{ fact: regime.background }],
      });
      expect(found.authority?.id ?? null).toBe(typed(regime.imposer));
      expectSpans(found.citations, regime.spans);
    }
    for (const instrument of expectedInstruments) {
      expect(instruments.get(`instrument:${instrument.id}`)).toMatchObject({
        symbol: instrument.symbol,
        basis: 'BACKGROUND',
        note: instrument.note,
        adoptedOn: { edtf: instrument.adopted },
        regime: { id: `regime:${instrument.regime}` },
        references: [{ title: instrument.citation }],
      });
    }
    expect(provisions.size).toBe(expectedProvisions.length);
    for (const provision of expectedProvisions) {
      expect(provisions.get(provisionId(provision.id) as string)).toMatchObject({
        paragraph: String(provision.paragraph),
        paragraphSource: provision.paragraphSource,
        measure: provision.subject,
        summary: provision.summary,
        direction: provision.direction.replace('DPRK', 'TARGET'),
        deadline: provision.deadline,
        inForceFrom: provision.effective,
        basis: 'BACKGROUND',
        instrument: { id: `instrument:${provision.instrument}` },
      });
    }
    expect(links.size).toBe(expectedLinks.length);
    const passages = new Map(
      inventory.statements.map((statement: Json) => [
        statement.id,
        statement.spans.map((span: Span) => ({ id: expectedCitation(span).id })),
      ]),
    );
    for (const link of expectedLinks) {
      const found = links.get(local('link', link.id));
      expect(found).toMatchObject({
        relation: link.relation,
        confidence: link.confidence,
        rationale: link.rationale,
        basis: link.basis === 'BACKGROUND' ? 'ANALYST' : link.basis,
        statement: { id: local('statement', link.statement) },
        regime: { id: `regime:${link.regime}` },
        citations: passages.get(link.statement),
      });
      expect(found.provision?.id ?? null).toBe(provisionId(link.provision));
    }
  });

  it('figures stated and derived, and the goods that are named', async () => {
    const figures = byId(
      await all(
        'tradeFigures',
        `id measure flow value unit qualifier note basis lowerBound upperBound period { edtf } reporter { id } partner { id } statement { id } publishedBy { id } publisherCandidates { id } derivation { inputs { id } } ${CITATION}`,
      ),
    );
    const statements = byId(await all('statements', `id commodities { name ${CITATION} }`));

    expect(figures.size).toBe(inventory.tradeFigures.length + inventory.derivedFigures.length);
    for (const figure of inventory.tradeFigures) {
      const found = figures.get(local('figure', figure.id));
      expect(found).toMatchObject({
        measure: figure.measure,
        flow: figure.flow,
        value: figure.absoluteValue,
        qualifier: figure.qualifier,
        note: figure.note,
        basis: 'DOCUMENT',
        period: { edtf: figure.period },
        statement: { id: local('statement', figure.statement) },
      });
      expect([found.reporter?.id ?? null, found.partner?.id ?? null, found.publishedBy?.id ?? null]).toEqual([
        typed(figure.reporter),
        typed(figure.partner),
        typed(figure.source),
      ]);
      expect(idsOf(found.publisherCandidates)).toEqual(figure.candidateSources.map(typed));
      expectSpans(found.citations, figure.spans);
    }
    const scale: Record<string, number> = { ONE: 0, MILLION: 6, BILLION: 9 };
    // What the inventory shows of a value in millions or billions is the beginning of the value in whole units.
    const shown = (value: string | null, unit: string) =>
      value === null ? null : (Number(value) / 10 ** (scale[unit] as number)).toFixed(2);
    for (const figure of inventory.derivedFigures) {
      const found = figures.get(local('figure', figure.id));
      expect(found).toMatchObject({
        measure: figure.measure,
        qualifier: figure.qualifier,
        basis: 'DERIVED',
        period: { edtf: figure.period },
        citations: [],
      });
      expect(idsOf(found.derivation.inputs)).toEqual(figure.inputs.map((id: string) => local('figure', id)));
      expect(shown(found.value, figure.scale)).toBe(figure.value === null ? null : Number(figure.value).toFixed(2));
      expect(shown(found.lowerBound, figure.scale)).toBe(
        figure.interval ? Number(figure.interval.low).toFixed(2) : null,
      );
    }
    for (const commodity of inventory.commodities) {
      const found = statements
        .get(local('statement', commodity.statement))
        .commodities.find((named: Json) => named.name === commodity.name);
      expectSpans(found.citations, commodity.spans);
    }
  });
});

function grouped(items: Json[], keyOf: (item: Json) => string): Map<string, Json[]> {
  const groups = new Map<string, Json[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
