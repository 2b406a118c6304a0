import { stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { TradeSeriesResolvers } from '../generated/schema.js';

export const TradeSeries = {
  reporter: ({ reporter }) => stub(reporter),
  partner: ({ partner }) => stub(partner),
  points: (series, _, context) => context.figures.pointsOf(series),
  others: (series, _, context) => context.figures.otherSeries(series),
} satisfies TradeSeriesResolvers<Context>;
