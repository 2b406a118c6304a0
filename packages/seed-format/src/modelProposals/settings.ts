import {
  ConfigError,
  type ConfigOf,
  httpUrl,
  readConfig,
  type Settings,
  wholeNumber,
  withFiles,
} from '@dossier/config';

const key = (text: string): string => {
  if (!/^[\x21-\x7e]{1,512}$/.test(text))
    throw new Error('expected 1 to 512 printable ASCII characters without spaces.');
  return text;
};

const name = (text: string): string => {
  if (!/^[^\p{C}\s]{1,200}$/u.test(text)) throw new Error('expected the name of a model, without spaces.');
  return text;
};

/** A price as a number of a currency; only used for estimates. */
const price = (text: string): number => {
  if (!/^\d{1,6}(\.\d{1,6})?$/.test(text)) throw new Error('expected a price per million tokens, e.g. 2.50.');
  return Number(text);
};

/** The settings of `seeds propose --model`. */
export const modelSettings = {
  MODEL_URL: {
    description:
      'Base URL of an API that is compatible with the OpenAI chat API, e.g. https://models.example.org/v1; requests go to /chat/completions below it. If not set, no text is ever sent.',
    default: null,
    read: httpUrl as (text: string) => string | null,
  },
  MODEL_NAME: {
    description: 'Name of the model, as the API knows it.',
    default: null,
    read: name as (text: string) => string | null,
  },
  ...withFiles({
    MODEL_KEY: {
      description:
        'Key that is sent to the API as a bearer token. With a key, MODEL_URL must use https, unless its host is a loopback address.',
      default: null,
      secret: true,
      read: key as (text: string) => string | null,
    },
  } satisfies Settings),
  MODEL_TIMEOUT_SECONDS: {
    description: 'Time limit of one request to the model, in seconds.',
    default: '120',
    read: wholeNumber({ unit: 'seconds', min: 1, maxDigits: 4 }),
  },
  MODEL_RETRIES: {
    description:
      'How often a request to the model is repeated after status 408, 425, 429, 500, 502, 503, 504 or 529, a timeout or a lost connection; 0 disables retries. The waiting time doubles each time, and Retry-After is respected up to two minutes.',
    default: '4',
    read: wholeNumber({ unit: 'retries', maxDigits: 2 }),
  },
  MODEL_MAX_TOKENS: {
    description:
      'Maximum number of tokens in one response of the model, sent as max_tokens; 0 does not send it, for models that reject it.',
    default: '4096',
    read: wholeNumber({ unit: 'tokens', maxDigits: 6 }),
  },
  MODEL_PRICE_INPUT: {
    description:
      'Price of a million input tokens, in any currency. If one of the two prices is not set, no cost is shown.',
    default: null,
    read: price as (text: string) => number | null,
  },
  MODEL_PRICE_OUTPUT: {
    description: 'Price of a million output tokens, in the same currency.',
    default: null,
    read: price as (text: string) => number | null,
  },
} satisfies Settings;

export type ModelConfig = ConfigOf<typeof modelSettings>;

/** Reads the settings. Throws a ConfigError if one is not valid, or if a key would be sent without encryption. */
export function readModelConfig(env: NodeJS.ProcessEnv): ModelConfig {
  const config = readConfig(modelSettings, env);
  const { MODEL_URL: url, MODEL_KEY: secret } = config;
  if (url !== null && new URL(url).search !== '')
    throw new ConfigError([`MODEL_URL="${url}": expected a URL without a query.`]);
  if (url !== null && secret !== null && new URL(url).protocol === 'http:' && !isLoopback(new URL(url).hostname))
    throw new ConfigError([
      `MODEL_URL="${url}": expected https, because MODEL_KEY is set and would be sent unencrypted.`,
    ]);
  return config;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
