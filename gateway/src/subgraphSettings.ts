import type { ConfigOf, Setting, secretSettings } from '@dossier/config';
import type { HttpOptions } from './subgraphs/http.js';

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'] as const;

const milliseconds = (text: string): number => {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error('expected a whole number of milliseconds, at least 1, e.g. 1500.');
  return Number(text);
};

const failures = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error('expected a whole number of failures, at least 1.');
  return Number(text);
};

const megabytes = (text: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error('expected a whole number of megabytes, at least 1, e.g. 8.');
  return Number(text) * 1024 * 1024;
};

const answerMs = (service: string): Setting<number | null> => ({
  description: `The same for the ${service} subgraph alone.`,
  default: null,
  read: milliseconds,
});

/** How the gateway treats subgraphs behind HTTP. */
export const subgraphSettings = {
  CONNECT_MS: {
    description: 'How long a connection to a subgraph may take to be made, in milliseconds.',
    default: '1000',
    read: milliseconds,
  },
  SUBGRAPH_MS: {
    description:
      'How long a subgraph may take to answer one fetch, to the last byte and with a repetition included, in milliseconds; then its fields are null.',
    default: '1500',
    read: milliseconds,
  },
  ACTORS_MS: answerMs('actors'),
  STATEMENTS_MS: answerMs('statements'),
  SANCTIONS_MS: answerMs('sanctions'),
  TRADE_MS: answerMs('trade'),
  REQUEST_MS: {
    description:
      'How long all subgraphs together may take for one request, in milliseconds, from its first fetch on; what has not been answered then is null.',
    default: '1800',
    read: milliseconds,
  },
  SUBGRAPH_MB: { description: "Megabytes of a subgraph's answer at most.", default: '8', read: megabytes },
  BREAKER_FAILURES: {
    description: 'Failures in a row after which a subgraph is left alone for a moment.',
    default: '5',
    read: failures,
  },
  BREAKER_MS: {
    description: 'How long it is left alone, in milliseconds; then one request tries it.',
    default: '1000',
    read: milliseconds,
  },
};

/** How subgraphs are treated, and what is different for one of them. */
export interface SubgraphOptions extends HttpOptions {
  /** How long all subgraphs together may take for one request. */
  requestMs: number;
  /** Milliseconds of a single service, in place of `answerMs`. */
  answerMsOf: Record<string, number | null>;
}

/** As it is where nothing is set. */
export const usualOptions: SubgraphOptions = {
  connectMs: 1_000,
  answerMs: 1_500,
  answerMsOf: {},
  requestMs: 1_800,
  largest: 8 * 1024 * 1024,
  breaker: { failures: 5, restMs: 1_000 },
  secret: null,
};

/** The same, as the settings say. */
export const subgraphOptions = (
  config: ConfigOf<typeof subgraphSettings> & ConfigOf<typeof secretSettings>,
): SubgraphOptions => ({
  connectMs: config.CONNECT_MS,
  answerMs: config.SUBGRAPH_MS,
  answerMsOf: Object.fromEntries(
    SERVICES.map((service) => [service, config[`${service.toUpperCase() as Uppercase<typeof service>}_MS`]]),
  ),
  requestMs: config.REQUEST_MS,
  largest: config.SUBGRAPH_MB,
  breaker: { failures: config.BREAKER_FAILURES, restMs: config.BREAKER_MS },
  secret: config.SUBGRAPH_SECRET,
});
