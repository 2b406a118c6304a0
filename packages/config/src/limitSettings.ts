import type { ServerOptions } from '@dossier/http-server';
import { MAX_PAGE_SIZE } from '@dossier/pagination';
import { onOff } from './httpSettings.js';
import type { ConfigOf, Setting } from './setting.js';
import { wholeNumber } from './wholeNumber.js';

const count = wholeNumber({ min: 1, maxDigits: 12 });

const limit = (description: string, max: number): Setting<number> => ({
  description,
  default: String(max),
  read: count,
});

/**
 * Limits on operations. Services get limits `times` as large as those for clients, since one fetch of a gateway combines the
 * selections of many places. It also repeats every field for each object type of an interface, under an alias if the field has
 * arguments: hence the larger factor for aliases.
 */
const limits = (times: number, timesAliases: number) => ({
  MAX_TOKENS: limit('Maximum tokens in a document; more are rejected with OPERATION_TOO_LONG.', 4000 * times),
  MAX_DEPTH: limit(
    'Maximum depth of nested fields, with fragments expanded; deeper operations are rejected with OPERATION_TOO_DEEP.',
    20 * times,
  ),
  MAX_ALIASES: limit(
    'Maximum aliases in a document; more are rejected with OPERATION_TOO_MANY_ALIASES.',
    100 * timesAliases,
  ),
  MAX_ROOT_FIELDS: limit(
    'Maximum root fields in an operation; more are rejected with OPERATION_TOO_MANY_ROOT_FIELDS.',
    50 * times,
  ),
  MAX_DIRECTIVES: limit(
    'Maximum directives in a document; more are rejected with OPERATION_TOO_MANY_DIRECTIVES.',
    100 * times,
  ),
  MAX_SELECTIONS: limit(
    'Maximum fields in an operation, with fragments expanded; more are rejected with OPERATION_TOO_LARGE.',
    2000 * times,
  ),
  MAX_COST: limit(
    'Maximum values (objects and leaves) in a response, estimated from list sizes before execution; costlier operations are rejected with OPERATION_TOO_COSTLY.',
    200_000 * times ** 2,
  ),
  MAX_RESPONSE_MB: limit(
    'Maximum size of a response in megabytes; larger ones are replaced by the error RESPONSE_TOO_LARGE.',
    8,
  ),
  MAX_PAGE: limit(
    'Maximum page size (`first`, `last`); larger pages are rejected with BAD_USER_INPUT. Lists of the four services never return more than 100 entries.',
    MAX_PAGE_SIZE,
  ),
  MAX_VARIABLES_BYTES: limit(
    'Maximum size of the variables of a request as JSON, in bytes; larger ones are rejected with VARIABLES_TOO_LARGE.',
    256 * 1024 * times ** 2,
  ),
  INTROSPECTION: {
    description:
      'Whether introspection is allowed: on, off. If off, /schema.graphql and /schema.json are 404, and error messages do not name parts of the schema.',
    default: 'on',
    read: onOff,
  } as Setting<boolean>,
});

export const gatewayLimits = limits(1, 1);
export const serviceLimits = limits(2, 10);

/** Time limit of one operation in a process that reads stores. */
export const operationMs: Setting<number> = {
  description: 'Time limit of an operation, in milliseconds; after that, it is cancelled with OPERATION_TIMEOUT.',
  default: '5000',
  read: count,
};

/** Converts the settings to options of the HTTP server. */
export const limitOptions = (
  config: ConfigOf<typeof gatewayLimits>,
): Pick<ServerOptions, 'limits' | 'maxVariablesBytes' | 'maxResponseBytes' | 'introspection'> => ({
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
  maxVariablesBytes: config.MAX_VARIABLES_BYTES,
  maxResponseBytes: config.MAX_RESPONSE_MB * 1024 * 1024,
  introspection: config.INTROSPECTION,
});
