import type { ServerOptions } from '@dossier/http-server';
import { MAX_PAGE_SIZE } from '@dossier/pagination';
import { onOff, wholeNumber } from './readers.js';
import type { ConfigOf, Setting } from './setting.js';

const MAX_LIMIT = 999_999_999_999;

const limit = (description: string, unit: string, defaultLimit: number): Setting<number> => ({
  description,
  default: String(defaultLimit),
  read: wholeNumber(unit, { min: 1, max: MAX_LIMIT }),
});

/** Limits of operations. `factor` multiplies the limits for clients: the gateway sends larger operations to services. */
const limits = (factor: number) => ({
  MAX_TOKENS: limit('Maximum number of tokens in a document, otherwise OPERATION_TOO_LONG.', 'tokens', 4000 * factor),
  MAX_DEPTH: limit(
    'Maximum depth of fields, including those of fragments, otherwise OPERATION_TOO_DEEP.',
    'levels',
    20 * factor,
  ),
  MAX_ALIASES: limit(
    'Maximum number of aliases in a document, otherwise OPERATION_TOO_MANY_ALIASES.',
    'aliases',
    100 * factor,
  ),
  MAX_ROOT_FIELDS: limit(
    'Maximum number of root fields of an operation, otherwise OPERATION_TOO_MANY_ROOT_FIELDS.',
    'fields',
    50 * factor,
  ),
  MAX_DIRECTIVES: limit(
    'Maximum number of directives in a document, otherwise OPERATION_TOO_MANY_DIRECTIVES.',
    'directives',
    100 * factor,
  ),
  MAX_SELECTIONS: limit(
    'Maximum number of fields in an operation, including those of fragments, otherwise OPERATION_TOO_LARGE.',
    'fields',
    2000 * factor,
  ),
  MAX_COST: limit(
    'Maximum number of values (objects and leaves) that the response can have, by the sizes of its lists, otherwise OPERATION_TOO_COSTLY.',
    'values',
    200_000 * factor ** 2,
  ),
  MAX_RESPONSE_MB: limit('Maximum size of a response in megabytes, otherwise RESPONSE_TOO_LARGE.', 'megabytes', 8),
  MAX_PAGE: limit(
    'Maximum page size in `first` and `last`, otherwise BAD_USER_INPUT. The lists of this project have a fixed maximum of 100.',
    'entries',
    MAX_PAGE_SIZE,
  ),
  MAX_VARIABLES_BYTES: limit(
    'Maximum size of the variables of a request as JSON, in bytes, otherwise VARIABLES_TOO_LARGE.',
    'bytes',
    256 * 1024 * factor ** 2,
  ),
  INTROSPECTION: {
    description: 'Whether clients may use introspection: on, off. If off, error messages suggest no names either.',
    default: 'on',
    read: onOff,
  } as Setting<boolean>,
});

export const gatewayLimits = limits(1);
export const serviceLimits = limits(2);

/** Time limit of an operation in a process that reads stores. */
export const operationMs: Setting<number> = {
  description: 'How long one operation may take, in milliseconds; after that it is aborted with an error.',
  default: '5000',
  read: wholeNumber('milliseconds', { min: 1, max: MAX_LIMIT }),
};

/** The settings as options of `startServer`. */
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
