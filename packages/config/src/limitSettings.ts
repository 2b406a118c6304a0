import type { ServerOptions } from '@dossier/http-server';
import { MAX_PAGE_SIZE } from '@dossier/pagination';
import type { ConfigOf, Setting } from './config.js';
import { onOff } from './httpSettings.js';

const whole = (text: string): number => {
  if (!/^[1-9]\d{0,11}$/.test(text)) throw new Error('expected a whole number, at least 1.');
  return Number(text);
};

const limit = (description: string, most: number): Setting<number> => ({
  description,
  default: String(most),
  read: whole,
});

/** What an operation may be like, with limits `times` as large as for clients: a gateway asks a service for more at once. */
const limits = (times: number) => ({
  MAX_TOKENS: limit('Tokens of a document at most, else OPERATION_TOO_LONG.', 4000 * times),
  MAX_DEPTH: limit(
    'Levels of fields within each other at most, fragments written out, else OPERATION_TOO_DEEP.',
    20 * times,
  ),
  MAX_ALIASES: limit('Aliases in a document at most, else OPERATION_TOO_MANY_ALIASES.', 100 * times),
  MAX_ROOT_FIELDS: limit('Fields of an operation itself at most, else OPERATION_TOO_MANY_ROOT_FIELDS.', 50 * times),
  MAX_DIRECTIVES: limit('Directives in a document at most, else OPERATION_TOO_MANY_DIRECTIVES.', 100 * times),
  MAX_SELECTIONS: limit(
    'Fields of an operation at most, fragments written out, else OPERATION_TOO_LARGE.',
    2000 * times,
  ),
  MAX_COST: limit(
    'Values (objects and leaves) that a response may have at most, by the sizes of its lists, else OPERATION_TOO_COSTLY.',
    200_000 * times ** 2,
  ),
  MAX_RESPONSE_MB: limit('Megabytes of a response at most, else RESPONSE_TOO_LARGE.', 8),
  MAX_PAGE: limit(
    'Entries of a page at most, by `first` and `last`, else BAD_USER_INPUT. Lists of this project give no more than 100, whatever is set.',
    MAX_PAGE_SIZE,
  ),
  MAX_VARIABLES_BYTES: limit(
    "Bytes of a request's variables at most, as JSON, else VARIABLES_TOO_LARGE.",
    256 * 1024 * times ** 2,
  ),
  INTROSPECTION: {
    description: 'Whether clients may ask what the schema is: on, off. Off, messages suggest none of its names either.',
    default: 'on',
    read: onOff,
  } as Setting<boolean>,
});

export const gatewayLimits = limits(1);
export const serviceLimits = limits(2);

/** How long one operation may take in a process that reads stores. */
export const operationMs: Setting<number> = {
  description: 'Milliseconds that one operation may take; one that takes longer is given up with an error.',
  default: '5000',
  read: whole,
};

/** The same, as a server takes them. */
export const limitOptions = (
  config: ConfigOf<typeof gatewayLimits>,
): Pick<ServerOptions, 'limits' | 'variablesBytes' | 'responseBytes' | 'introspection'> => ({
  limits: {
    tokens: config.MAX_TOKENS,
    depth: config.MAX_DEPTH,
    aliases: config.MAX_ALIASES,
    rootFields: config.MAX_ROOT_FIELDS,
    directives: config.MAX_DIRECTIVES,
    selections: config.MAX_SELECTIONS,
    cost: config.MAX_COST,
    page: config.MAX_PAGE,
  },
  variablesBytes: config.MAX_VARIABLES_BYTES,
  responseBytes: config.MAX_RESPONSE_MB * 1024 * 1024,
  introspection: config.INTROSPECTION,
});
