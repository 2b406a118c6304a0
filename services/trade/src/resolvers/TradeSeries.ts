import { stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { TradeSeriesResolvers } from '../generated/schema.js';

export const TradeSeries = {
  reporter: ({ reporter }) => stub(reporter),
  partner: ({ partner }) => stub(partner),
  points: (key, _, context) => context.figures.series(key),
} satisfies TradeSeriesResolvers<Context>;
