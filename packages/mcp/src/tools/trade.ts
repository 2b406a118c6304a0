import {
  type AssistantFigureFragment,
  AssistantTradeFiguresDocument,
  AssistantTradeSeriesDocument,
  basisValues,
  qualifierValues,
  tradeFlowValues,
  tradeFrequencyValues,
  tradeMeasureValues,
} from '@dossier/client';
import { z } from 'zod';
import { NO_PAGE, type Presenter, pageOf } from '../present.js';
import {
  actorRef,
  after,
  anyOf,
  dateSpan,
  day,
  first,
  idArgument,
  pageInfo,
  statementRef,
  support,
} from '../schemas.js';
import { defineTool } from '../tool.js';

const decimal = z.string().nullable();

const figure = z.object({
  id: z.string(),
  measure: z.string(),
  flow: z.string(),
  reporter: actorRef,
  partner: actorRef,
  period: dateSpan,
  value: decimal.describe('A decimal; null if there is no number, which is not 0: see `qualifier`.'),
  unit: z.string().nullable(),
  qualifier: z.string().describe('EXACT, OVER, VIRTUALLY_NIL, UNQUANTIFIED, NOT_COMPUTABLE …'),
  lowerBound: decimal,
  upperBound: decimal,
  statedAs: z.string().nullable().describe('As the document states it; null if it was computed.'),
  note: z.string().nullable(),
  commodities: z.array(z.object({ name: z.string(), hsCode: z.string().nullable(), direction: z.string().nullable() })),
  publishedBy: actorRef,
  publishedByIsCertain: z.boolean(),
  publisherCandidates: z.array(actorRef),
  statement: statementRef.nullable(),
  derivation: z
    .object({
      formula: z.string(),
      boundsBasis: z.string().nullable(),
      caveat: z.string().nullable().describe('Why the comparison may mislead. Say it when you use the figure.'),
      inputs: z.array(
        z.object({
          id: z.string(),
          value: decimal,
          unit: z.string().nullable(),
          qualifier: z.string(),
          statedAs: z.string().nullable(),
          period: dateSpan,
          partner: actorRef,
        }),
      ),
    })
    .nullable()
    .describe('How it was computed; null if the document states it.'),
  ...support,
});

/** A figure of the graph as a part of a result. */
const presentFigure =
  ({ supported }: Presenter) =>
  (of: AssistantFigureFragment): z.infer<typeof figure> =>
    supported(of);

export const tradeSeries = defineTool({
  name: 'trade_series',
  title: 'Get a trade series',
  description:
    'Returns the figures of trade between a reporter and a partner over time, as the documents state them or as they were computed from these, with bounds and formulas.',
  input: z.strictObject({
    reporter: idArgument('polity:russia'),
    partner: idArgument('polity:north-korea'),
    flow: z.enum(tradeFlowValues).default('TURNOVER').describe('As the reporter sees it.'),
    measure: z.enum(tradeMeasureValues).default('TRADE_VALUE'),
    commodity: z.string().max(200).optional().describe('Null for all goods together.'),
    unit: z.string().max(50).optional(),
    frequency: z.enum(tradeFrequencyValues).optional(),
  }),
  output: z.object({
    series: z
      .object({
        flow: z.string(),
        measure: z.string(),
        commodity: z.string().nullable(),
        unit: z.string().nullable(),
        frequency: z.string().nullable(),
        points: z.array(figure),
        others: z
          .array(
            z.object({
              commodity: z.string().nullable(),
              unit: z.string().nullable(),
              frequency: z.string().nullable(),
            }),
          )
          .describe('Other series of the same two, which cannot be compared with this one.'),
      })
      .nullable()
      .describe('Null if it could not be fetched.'),
  }),
  example: { reporter: 'polity:russia', partner: 'polity:north-korea' },
  call: async ({ commodity = null, unit = null, frequency = null, ...args }, context) => {
    const { tradeSeries: series } = await context.run(AssistantTradeSeriesDocument, {
      ...args,
      commodity,
      unit,
      frequency,
    });
    return { series: series && { ...series, points: series.points.map(presentFigure(context)) } };
  },
});

export const listTradeFigures = defineTool({
  name: 'list_trade_figures',
  title: 'List trade figures',
  description:
    'Lists single trade figures, including ratios and figures without a number (qualifier VIRTUALLY_NIL, UNQUANTIFIED …). A figure without a value is not 0.',
  input: z.strictObject({
    reporter: idArgument('polity:russia').optional(),
    partner: idArgument('polity:north-korea').optional(),
    measure: anyOf(tradeMeasureValues).optional(),
    flow: anyOf(tradeFlowValues).optional(),
    qualifier: anyOf(qualifierValues).optional(),
    basis: anyOf(basisValues).optional(),
    from: day.optional().describe('Only figures of periods that end on this day or later.'),
    until: day.optional().describe('Only figures of periods that begin on this day or earlier.'),
    first: first(10),
    after,
  }),
  output: z.object({ figures: z.array(figure), ...pageInfo }),
  example: { reporter: 'polity:russia', partner: 'polity:north-korea', basis: ['DOCUMENT'], first: 3 },
  call: async (args, context) => {
    const { tradeFigures } = await context.run(AssistantTradeFiguresDocument, {
      first: args.first,
      after: args.after ?? null,
      reporter: args.reporter ?? null,
      partner: args.partner ?? null,
      measure: args.measure ?? null,
      flow: args.flow ?? null,
      qualifier: args.qualifier ?? null,
      basis: args.basis ?? null,
      from: args.from ?? null,
      until: args.until ?? null,
    });
    return {
      figures: (tradeFigures?.nodes ?? []).map(presentFigure(context)),
      ...(tradeFigures ? pageOf(tradeFigures) : NO_PAGE),
    };
  },
});
