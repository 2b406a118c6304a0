import type { ConfigOf, Setting } from '@dossier/config';
import { DEFAULT_VALIDATED_SCALARS } from './engine/scalars.js';
import type { PropagatedHeader } from './subgraphs/http.js';
import { DEFAULT_CLIENT_ERROR_CODES } from './subgraphs/maskError.js';

/** Headers that belong to the connection or are set by the gateway, and so cannot be forwarded. */
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
  'x-dossier-revision',
  'x-dossier-secret',
  'x-request-id',
]);

const entriesOf = (text: string): string[] =>
  text.trim() === 'none' ? [] : text.split(',').map((entry) => entry.trim());

const names =
  (pattern: RegExp, expected: string) =>
  (text: string): string[] => {
    const entries = entriesOf(text);
    const invalid = entries.find((entry) => !pattern.test(entry));
    if (invalid !== undefined)
      throw new Error(`"${invalid}" is not ${expected}, several separated by commas, or none alone.`);
    return entries;
  };

/** Parses e.g. `authorization=actors|trade, x-tenant=*`. */
const propagatedHeaders = (text: string): PropagatedHeader[] => {
  const headers = entriesOf(text).map((entry): PropagatedHeader => {
    const [, header, subgraphs] = /^([!#$%&'*+.^_`|~\w-]+)\s*=\s*(\*|[\w-]+(?:\|[\w-]+)*)$/.exec(entry) ?? [];
    if (header === undefined || subgraphs === undefined)
      throw new Error(
        `"${entry}" is not a header and its subgraphs; expected e.g. authorization=actors|trade, or x-tenant=* for all subgraphs, several separated by commas, or none.`,
      );
    const name = header.toLowerCase();
    if (RESERVED.has(name))
      throw new Error(`${name} is set by the gateway and cannot be forwarded; expected another header.`);
    return { name, subgraphs: subgraphs === '*' ? '*' : subgraphs.split('|') };
  });
  const repeated = headers.find(({ name }, index) => headers.findIndex((other) => other.name === name) !== index);
  if (repeated) throw new Error(`${repeated.name} is listed twice; expected each header once.`);
  return headers;
};

/** Settings of scalars, error codes and headers between the gateway and subgraphs. */
export const federationSettings = {
  VALIDATED_SCALARS: {
    description:
      'Custom scalars whose values from subgraphs are validated, separated by commas, or none; values of other custom scalars may be any JSON.',
    default: DEFAULT_VALIDATED_SCALARS.join(','),
    read: names(/^[_A-Za-z]\w*$/, 'the name of a scalar; expected e.g. Date'),
  } as Setting<string[]>,
  CLIENT_ERROR_CODES: {
    description:
      'Codes of subgraph errors that clients see with their message, separated by commas, or none; other errors are masked as INTERNAL_SERVER_ERROR.',
    default: DEFAULT_CLIENT_ERROR_CODES.join(','),
    read: names(/^[A-Z][A-Z0-9_]{0,63}$/, 'an error code; expected e.g. NOT_FOUND'),
  } as Setting<string[]>,
  PROPAGATE_HEADERS: {
    description:
      'Client headers to forward to subgraphs, e.g. authorization=actors|trade, x-tenant=*; none forwards no header. Responses are cached separately for each value of these headers.',
    default: 'none',
    read: propagatedHeaders,
  } as Setting<PropagatedHeader[]>,
};

/** The settings as options of the gateway. */
export const federationOptions = (config: ConfigOf<typeof federationSettings>) => ({
  validatedScalars: config.VALIDATED_SCALARS,
  clientErrorCodes: config.CLIENT_ERROR_CODES,
  propagateHeaders: config.PROPAGATE_HEADERS,
});
