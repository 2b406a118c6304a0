import type { ConfigOf, Setting } from '@dossier/config';
import { DEFAULT_VALIDATED_SCALARS } from './engine/scalarValidators.js';
import type { PropagatedHeader } from './subgraphs/http.js';
import { DEFAULT_CLIENT_ERROR_CODES } from './subgraphs/passed.js';

/** Headers that a connection or the gateway itself decides. */
const RESERVED = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'traceparent',
  'tracestate',
  'transfer-encoding',
  'upgrade',
  'x-dossier-secret',
  'x-request-id',
]);

const entriesOf = (text: string): string[] =>
  text.trim() === 'none' ? [] : text.split(',').map((entry) => entry.trim());

const names =
  (pattern: RegExp, expected: string) =>
  (text: string): string[] => {
    const entries = entriesOf(text);
    const wrong = entries.find((entry) => !pattern.test(entry));
    if (wrong !== undefined)
      throw new Error(`"${wrong}" is not ${expected}, several separated by commas, or none alone.`);
    return entries;
  };

/** Reads e.g. `authorization=actors|trade, x-tenant=*`. */
const propagatedHeaders = (text: string): PropagatedHeader[] => {
  const headers = entriesOf(text).map((entry): PropagatedHeader => {
    const [, header, subgraphs] = /^([!#$%&'*+.^_`|~\w-]+)\s*=\s*(\*|[\w-]+(?:\|[\w-]+)*)$/.exec(entry) ?? [];
    if (header === undefined || subgraphs === undefined)
      throw new Error(
        `"${entry}" is not a header and its subgraphs; expected e.g. authorization=actors|trade, or x-tenant=* for all subgraphs, several separated by commas, or none.`,
      );
    const name = header.toLowerCase();
    if (RESERVED.has(name))
      throw new Error(`${name} is set by the gateway and cannot be sent on; expected another header.`);
    return { name, subgraphs: subgraphs === '*' ? '*' : subgraphs.split('|') };
  });
  const repeated = headers.find(({ name }, index) => headers.findIndex((other) => other.name === name) !== index);
  if (repeated) throw new Error(`${repeated.name} is named twice; expected each header once.`);
  return headers;
};

/** What the gateway takes from subgraphs and sends to them, beyond GraphQL. */
export const federationSettings = {
  VALIDATED_SCALARS: {
    description:
      'Custom scalars whose values from subgraphs are validated, separated by commas, or none; a value of any other custom scalar may be any JSON.',
    default: DEFAULT_VALIDATED_SCALARS.join(','),
    read: names(/^[_A-Za-z]\w*$/, 'the name of a scalar; expected e.g. Date'),
  } as Setting<string[]>,
  CLIENT_ERROR_CODES: {
    description:
      'Codes of errors of subgraphs that reach clients with their message, separated by commas, or none; any other error is told as INTERNAL_SERVER_ERROR.',
    default: DEFAULT_CLIENT_ERROR_CODES.join(','),
    read: names(/^[A-Z][A-Z0-9_]{0,63}$/, 'an error code; expected e.g. NOT_FOUND'),
  } as Setting<string[]>,
  PROPAGATE_HEADERS: {
    description:
      'Headers of clients that are sent on to subgraphs, e.g. authorization=actors|trade, x-tenant=*; none sends none. Responses are then cached for each value apart.',
    default: 'none',
    read: propagatedHeaders,
  } as Setting<PropagatedHeader[]>,
};

/** The same, as a gateway takes them. */
export const federationOptions = (config: ConfigOf<typeof federationSettings>) => ({
  validatedScalars: config.VALIDATED_SCALARS,
  clientErrorCodes: config.CLIENT_ERROR_CODES,
  propagateHeaders: config.PROPAGATE_HEADERS,
});
