import { stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { SeriesKey } from '../data/figures.js';

export const TradeSeries = {
  reporter: ({ reporter }: SeriesKey) => stub(reporter),
  partner: ({ partner }: SeriesKey) => stub(partner),
  points: (key: SeriesKey, _: unknown, context: Context) => context.figures.series(key),
};
