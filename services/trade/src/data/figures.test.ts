import { dateSpan, spanLength, timeKey } from '@dossier/domain';
import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { describe, expect, it } from 'vitest';
import { figureParty, tradeFigure } from '../tables.js';
import { figuresSource } from './figures.js';

const RURITANIA = 'polity:ruritania';
const GRAUSTARK = 'polity:graustark';

const { db, queries } = memoryStore(new URL('../../migrations', import.meta.url));

/** A figure of Ruritania's exports to Graustark in a period, unless `values` say otherwise. */
function addFigure(id: string, edtf: string, values: Partial<typeof tradeFigure.$inferInsert> = {}) {
  const period = dateSpan({ edtf, basis: 'STATED', note: null });
  const row = { reporterId: RURITANIA, partnerId: GRAUSTARK, flow: 'EXPORT', measure: 'TRADE_VALUE', ...values };
  const { earliest, latest } = period;
  const days = { earliest, latest, spanLength: spanLength(period) };
  insertRows(db, tradeFigure, { id, period, periodKey: timeKey(period, id), ...days, ...row });
  for (const [actorId, counterpartId] of [
    [row.reporterId, row.partnerId],
    [row.partnerId, row.reporterId],
  ])
    if (actorId) insertRows(db, figureParty, { actorId, figureId: id, counterpartId: counterpartId ?? '' });
}

addFigure('figure:r/F03', '1900', { value: '12500000', statementId: 'statement:r/S1', qualifier: 'OVER' });
addFigure('figure:r/F02', '1899', { value: '10.10', basis: 'DERIVED', statementId: 'statement:r/S1' });
addFigure('figure:r/F01', '1900', { flow: 'IMPORT' });
addFigure('figure:r/F04', '1900', { partnerId: null, measure: 'RATIO' });
addFigure('figure:r/F05', '1900', { reporterId: GRAUSTARK, partnerId: RURITANIA });
const figures = () => forRequest(figuresSource(db));

describe('figures by id', () => {
  it('returns the row of a known id, its decimals to the digit, and null for an unknown one', async () => {
    expect(await figures().byId('figure:r/F02')).toMatchObject({ value: '10.10' });
    expect(await figures().byId('figure:r/F99')).toBeNull();
  });
});

describe('pages of figures', () => {
  it('are ordered by id and continue after a cursor', async () => {
    const first = await figures().page(null, listRequest({ first: 2 }));
    const second = await figures().page(null, listRequest({ first: 2, after: first.pageInfo.endCursor }));

    expect(idsOf(first.nodes)).toEqual(['figure:r/F01', 'figure:r/F02']);
    expect(idsOf(second.nodes)).toEqual(['figure:r/F03', 'figure:r/F04']);
  });

  it.each([
    ['reporter', { reporter: GRAUSTARK }, ['F05']],
    ['partner', { partner: GRAUSTARK }, ['F01', 'F02', 'F03']],
    ['flow', { flow: ['IMPORT'] }, ['F01']],
    ['measure', { measure: ['RATIO'] }, ['F04']],
    ['qualifier', { qualifier: ['OVER'] }, ['F03']],
    ['basis', { basis: ['DERIVED'] }, ['F02']],
    ['days of their periods', { until: '1899-12-31' }, ['F02']],
    ['reporter and flow', { reporter: RURITANIA, flow: ['IMPORT', 'TURNOVER'] }, ['F01']],
  ] as const)('are filtered by %s', async (_, filter, expected) => {
    const { nodes } = await figures().page(structuredClone(filter) as object, listRequest({}, { filter }));

    expect(idsOf(nodes)).toEqual(expected.map((number) => `figure:r/${number}`));
  });
});

describe('units and goods', () => {
  const flow = { reporter: RURITANIA, partner: GRAUSTARK, flow: 'EXPORT', measure: 'TRADE_VALUE' } as const;
  const refusal = (argument: string, message: string) =>
    expect.objectContaining({ message, extensions: { code: 'BAD_USER_INPUT', argument } });

  it.each(['usd', 'US Dollar', '', 'tonnes'])('are rejected if no figure can have the unit %j', async (unit) => {
    const message = (argument: string) =>
      `Argument "${argument}" is ${JSON.stringify(unit)}, which is not a unit; expected an ISO 4217 code such as USD or "percent" or "ratio".`;

    expect(() => figures().series({ ...flow, unit })).toThrow(refusal('unit', message('unit')));
    await expect(
      (async () => figures().page({ unit: ['USD', unit] } as object, listRequest({}, { filter: { unit } })))(),
    ).rejects.toEqual(refusal('filter.unit', message('filter.unit')));
  });

  it('are rejected if the goods are an empty text, which would stand for none', () => {
    expect(() => figures().series({ ...flow, commodity: ' ' })).toThrow(
      refusal('commodity', 'Argument "commodity" is empty; expected the name of goods, or null.'),
    );
  });
});

describe('figures of an actor', () => {
  it('contain those in which it is the reporter or the partner', async () => {
    const { nodes } = await figures().pageOfActor(null, null, listRequest({}, { parent: GRAUSTARK }));

    expect(idsOf(nodes)).toEqual(['figure:r/F01', 'figure:r/F02', 'figure:r/F03', 'figure:r/F05']);
  });

  it('contain those against one counterpart', async () => {
    const request = listRequest({}, { parent: RURITANIA, filter: { counterpart: GRAUSTARK } });

    const { nodes, totalCount } = await figures().pageOfActor(GRAUSTARK, null, request);

    expect(idsOf(nodes)).not.toContain('figure:r/F04');
    expect(await totalCount).toBe(4);
  });

  it('are read for many actors in one query for the pages and one for the rows', async () => {
    const { pageOfActor } = figures();
    queries();

    await Promise.all(
      [RURITANIA, GRAUSTARK, 'polity:none'].map((parent) => pageOfActor(null, null, listRequest({}, { parent }))),
    );

    expect(queries().length).toBeLessThanOrEqual(2);
  });
});

describe('figures of a statement', () => {
  it('are ordered by id', async () => {
    expect(idsOf(await figures().ofStatement('statement:r/S1'))).toEqual(['figure:r/F02', 'figure:r/F03']);
  });
});

describe('a series', () => {
  const ZENDA = 'polity:zenda';
  const flow = { reporter: ZENDA, partner: RURITANIA, flow: 'TURNOVER', measure: 'TRADE_VALUE' };
  const add = (id: string, edtf: string, [commodity, unit, frequency]: [string, string | null, string]) =>
    addFigure(`figure:z/${id}`, edtf, {
      reporterId: ZENDA,
      partnerId: RURITANIA,
      flow: 'TURNOVER',
      commodity,
      unit,
      frequency,
    });
  add('F01', '1901', ['', 'SEK', 'ANNUAL']);
  add('F02', '1900', ['', 'SEK', 'ANNUAL']);
  add('F03', '1900-05', ['', 'SEK', 'MONTHLY']);
  add('F04', '1900', ['', 'NOK', 'ANNUAL']);
  add('F05', '1900', ['wine', 'SEK', 'ANNUAL']);
  add('F06', '1900', ['wine', null, 'ANNUAL']);

  it('has one commodity, unit and frequency, and is in order of the periods', async () => {
    const series = await figures().series(flow);

    expect(series).toMatchObject({ commodity: null, unit: 'SEK', frequency: 'ANNUAL' });
    expect(idsOf(await figures().pointsOf(series))).toEqual(['figure:z/F02', 'figure:z/F01']);
  });

  it.each([
    ['a commodity', { commodity: 'wine' }, ['F06']],
    ['a commodity and a unit', { commodity: 'wine', unit: 'SEK' }, ['F05']],
    ['a unit', { unit: 'NOK' }, ['F04']],
    ['a frequency', { frequency: 'MONTHLY' }, ['F03']],
    ['what nothing has', { unit: 'NOK', frequency: 'MONTHLY' }, []],
  ])('is that of %s if requested', async (_, request, expected) => {
    const series = await figures().series({ ...flow, ...request });

    expect(series).toMatchObject(request);
    expect(idsOf(await figures().pointsOf(series))).toEqual(expected.map((number) => `figure:z/${number}`));
  });

  it('knows the other series of the flow', async () => {
    const others = await figures().otherSeries(await figures().series(flow));

    expect(others.map(({ commodity, unit, frequency }) => [commodity, unit, frequency])).toEqual([
      [null, 'NOK', 'ANNUAL'],
      [null, 'SEK', 'MONTHLY'],
      ['wine', null, 'ANNUAL'],
      ['wine', 'SEK', 'ANNUAL'],
    ]);
  });

  it('is not reversed: what the partner reports is another series', async () => {
    const series = await figures().series({ ...flow, reporter: RURITANIA, partner: ZENDA });

    expect(series).toMatchObject({ unit: null, frequency: null });
    expect(await figures().pointsOf(series)).toEqual([]);
  });
});
