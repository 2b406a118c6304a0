import { ConfigError } from './config.js';
import { operationMs, serviceLimits } from './limitSettings.js';
import { withFiles } from './secretFile.js';
import type { ConfigOf, Settings } from './setting.js';
import { wholeNumber } from './wholeNumber.js';

const secret = (text: string): string => {
  if (!/^[\x21-\x7e]{16,256}$/.test(text))
    throw new Error('expected 16 to 256 printable ASCII characters without spaces.');
  return text;
};

/** Settings that the gateway and its services share. */
export const secretSettings = withFiles({
  SUBGRAPH_SECRET: {
    description:
      'Secret that the gateway sends to the services, at least 16 characters, the same for all. A service with a secret rejects every request without it, except probes.',
    default: null,
    secret: true,
    read: secret as (text: string) => string | null,
  },
} satisfies Settings);

/** Secrets that only services have. */
const previousSecretSettings = withFiles({
  SUBGRAPH_SECRET_PREVIOUS: {
    description:
      'A second secret that the service accepts while SUBGRAPH_SECRET is replaced: the one that the gateway still sends.',
    default: null,
    secret: true,
    read: secret as (text: string) => string | null,
  },
} satisfies Settings);

/** The secrets that a service accepts, the current one first; empty if it accepts every request. */
export function acceptedSecrets({
  SUBGRAPH_SECRET: current,
  SUBGRAPH_SECRET_PREVIOUS: previous,
}: Pick<ConfigOf<typeof serviceSettings>, 'SUBGRAPH_SECRET' | 'SUBGRAPH_SECRET_PREVIOUS'>): string[] {
  if (current === null && previous !== null)
    throw new ConfigError(['SUBGRAPH_SECRET_PREVIOUS="***": expected SUBGRAPH_SECRET to be set as well.']);
  return [current, previous].filter((accepted) => accepted !== null);
}

/** Additional settings of every service. */
export const serviceSettings = {
  ...secretSettings,
  ...previousSecretSettings,
  MAX_ENTITIES: {
    description: 'Maximum number of entity representations in one request; more are rejected with TOO_MANY_ENTITIES.',
    default: '10000',
    read: wholeNumber({ unit: 'entities', min: 1, maxDigits: 7 }),
  },
  REQUEST_MS: operationMs,
  ...serviceLimits,
} satisfies Settings;
