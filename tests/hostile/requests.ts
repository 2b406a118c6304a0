import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { ask, get, post, postRaw, request, type Sent } from './exchange.js';

/** Bytes, what they are, and what the answer is: a status with a code, a class of statuses, or anything that keeps to the rules. */
export type Case = [name: string, sent: Sent, status: number | 'refused' | 'any', code?: string];

const QUERY = { query: '{ __typename }' };
const BODY = JSON.stringify(QUERY);
const PREFLIGHT = { 'apollo-require-preflight': '1' };
const zeros = Buffer.from(`{"query":"${' '.repeat(50_000_000)}"}`);
const text = (...rows: string[]): Buffer => Buffer.from(rows.join('\r\n'), 'latin1');

const chunked = text('POST /graphql HTTP/1.1', 'host: a', 'content-type: application/json', 'transfer-encoding: chunked', 'connection: close', '', '');

const bodies: Case[] = [
  ['no body', [postRaw('')], 400, 'BAD_REQUEST'],
  ['half an object', [postRaw('{')], 400, 'BAD_REQUEST'],
  ['a list, as for batching', [post([QUERY, QUERY])], 400, 'BAD_REQUEST'],
  ['an empty list', [post([])], 400, 'BAD_REQUEST'],
  ['a number', [postRaw('7')], 400, 'BAD_REQUEST'],
  ['a string', [postRaw('"a"')], 400, 'BAD_REQUEST'],
  ['null', [postRaw('null')], 400, 'BAD_REQUEST'],
  ['an object without members', [post({})], 400, 'BAD_REQUEST'],
  ['a query that is null', [post({ query: null })], 400, 'BAD_REQUEST'],
  ['a query that is a number', [post({ query: 7 })], 400, 'BAD_REQUEST'],
  ['a query that is a list', [post({ query: ['{ __typename }'] })], 400, 'BAD_REQUEST'],
  ['a query that is a parsed document', [post({ query: { kind: 'Document', definitions: [] } })], 400, 'BAD_REQUEST'],
  ['variables that are a string', [post({ ...QUERY, variables: '{}' })], 400, 'BAD_REQUEST'],
  ['variables that are a list', [post({ ...QUERY, variables: [] })], 400, 'BAD_REQUEST'],
  ['variables that are a number', [post({ ...QUERY, variables: 7 })], 400, 'BAD_REQUEST'],
  ['extensions that are a list', [post({ ...QUERY, extensions: [] })], 400, 'BAD_REQUEST'],
  ['extensions that are a string', [post({ ...QUERY, extensions: 'a' })], 400, 'BAD_REQUEST'],
  ['an operation name that is a number', [post({ ...QUERY, operationName: 7 })], 400, 'BAD_REQUEST'],
  ['an operation name that is empty', [post({ ...QUERY, operationName: '' })], 'any'],
  ['an operation name that is not in the document', [post({ query: 'query A { __typename }', operationName: 'B' })], 400, 'OPERATION_RESOLUTION_FAILURE'],
  ['several operations and no name', [post({ query: 'query A { __typename } query B { __typename }' })], 400, 'OPERATION_RESOLUTION_FAILURE'],
  ['a member __proto__', [postRaw('{"query":"{ __typename }","__proto__":{"a":1}}')], 400, 'BAD_REQUEST'],
  ['a member constructor.prototype', [postRaw('{"query":"{ __typename }","variables":{"constructor":{"prototype":{"a":1}}}}')], 400, 'BAD_REQUEST'],
  ['bytes that are not UTF-8', [postRaw(Buffer.concat([Buffer.from('{"query":"{ __typename } #'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]))], 400, 'BAD_REQUEST'],
  ['UTF-8 longer than need be', [postRaw(Buffer.concat([Buffer.from('{"query":"{ __typename } #'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]))], 400, 'BAD_REQUEST'],
  ['a mark of byte order', [postRaw(`\ufeff${BODY}`)], 'any'],
  ['NUL in JSON', [postRaw('{"query":"{ __typename }\u0000"}')], 400, 'BAD_REQUEST'],
  ['lists nested 100 000 deep', [postRaw(`{"query":"{ __typename }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`)], 400, 'BAD_REQUEST'],
  ['objects nested 50 000 deep', [postRaw(`{"query":"{ __typename }","variables":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`)], 400, 'BAD_REQUEST'],
  ['members twice', [postRaw('{"query":"{ a }","query":"{ __typename }"}')], 'any'],
  ['a number beyond all numbers', [postRaw('{"query":"{ __typename }","variables":{"a":1e999}}')], 'any'],
  ['half a surrogate pair', [postRaw('{"query":"{ __typename }","variables":{"a":"\\ud800"}}')], 'any'],
  ['a kept document that is not kept', [post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } })], 'any'],
  ['more than fits', [postRaw(JSON.stringify({ query: ' '.repeat(1_100_000) }))], 413, 'PAYLOAD_TOO_LARGE'],
  ['more than fits, in chunks', [chunked, ...Array.from({ length: 12 }, () => text('186a0', 'x'.repeat(100_000), ''))], 413, 'PAYLOAD_TOO_LARGE'],
  ['10 MB, all of it sent', [postRaw(Buffer.alloc(10_000_000, ' '))], 413, 'PAYLOAD_TOO_LARGE'],
  ['10 MB, in chunks', [chunked, ...Array.from({ length: 100 }, () => text('186a0', 'x'.repeat(100_000), ''))], 413, 'PAYLOAD_TOO_LARGE'],
  ['more than anyone has', [postRaw(BODY, { 'content-length': '99999999999' })], 413, 'PAYLOAD_TOO_LARGE'],
  ['50 MB as gzip', [postRaw(gzipSync(zeros), { 'content-encoding': 'gzip' })], 413, 'PAYLOAD_TOO_LARGE'],
  ['50 MB as br', [postRaw(brotliCompressSync(zeros), { 'content-encoding': 'br' })], 413, 'PAYLOAD_TOO_LARGE'],
  ['50 MB as deflate', [postRaw(deflateSync(zeros), { 'content-encoding': 'deflate' })], 413, 'PAYLOAD_TOO_LARGE'],
  ['gzip that is none', [postRaw(BODY, { 'content-encoding': 'gzip' })], 400, 'BAD_REQUEST'],
  ['gzip that is cut off', [postRaw(gzipSync(BODY).subarray(0, 20), { 'content-encoding': 'gzip' })], 400, 'BAD_REQUEST'],
  ['an encoding that is unknown', [postRaw(BODY, { 'content-encoding': 'zstd' })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['an encoding named as a member of objects', [postRaw(BODY, { 'content-encoding': 'constructor' })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['two encodings', [postRaw(gzipSync(gzipSync(BODY)), { 'content-encoding': 'gzip, gzip' })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
];

const headers: Case[] = [
  ...['utf-16', 'utf-7', 'iso-8859-1', 'us-ascii', '"utf-32"', ''].map(
    (charset): Case => [`charset ${charset || 'of no name'}`, [postRaw(BODY, { 'content-type': `application/json; charset=${charset}` })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ),
  ...['text/plain', 'text/html', 'multipart/form-data; boundary=a', 'application/x-www-form-urlencoded', 'application/graphql', 'application/jsonp', 'a', '/'].map(
    (type): Case => [`type ${type}`, [postRaw(BODY, { 'content-type': type })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ),
  ['two charsets', [postRaw(BODY, { 'content-type': 'application/json; charset=utf-8; charset=utf-16' })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['10 MB of another type', [postRaw(Buffer.alloc(10_000_000, ' '), { 'content-type': 'text/plain' })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['10 MB that are not accepted', [postRaw(Buffer.alloc(10_000_000, ' '), { accept: 'image/png' })], 406, 'NOT_ACCEPTABLE'],
  ['10 MB with an expectation', [postRaw(Buffer.alloc(10_000_000, ' '), { expect: 'a-miracle' })], 417, 'EXPECTATION_FAILED'],
  ['a header of 8 MB', [postRaw(BODY, { x: 'y'.repeat(8_000_000) })], 431, 'HEADERS_TOO_LARGE'],
  ['no type', [postRaw(BODY, { 'content-type': null })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ...['text/html', 'image/*', 'application/json;q=0', 'multipart/mixed', 'a'].map((accept): Case => [`accept ${accept}`, [postRaw(BODY, { accept })], 406, 'NOT_ACCEPTABLE']),
  ['headers of 40 000 bytes', [postRaw(BODY, { x: 'y'.repeat(40_000) })], 431, 'HEADERS_TOO_LARGE'],
  ['an address of 40 000 bytes', [get({ query: `{ a${' '.repeat(40_000)} }` })], 431, 'HEADERS_TOO_LARGE'],
  ['3 000 headers', [postRaw(BODY, Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`x-${at}`, 'y'])))], 431, 'HEADERS_TOO_LARGE'],
  ['no host', [postRaw(BODY, { host: null })], 400, 'BAD_REQUEST'],
  ['a length and chunks', [postRaw(`0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n`, { 'transfer-encoding': 'chunked' })], 400, 'BAD_REQUEST'],
  ['two lengths', [text('POST /graphql HTTP/1.1', 'host: a', 'content-length: 5', 'content-length: 6', '', 'hello')], 400, 'BAD_REQUEST'],
  ['a length that is no number', [postRaw(BODY, { 'content-length': '+5' })], 400, 'BAD_REQUEST'],
  ['a chunk of no size, and megabytes', [chunked, text('zz', 'x'.repeat(8_000_000), '')], 400, 'BAD_REQUEST'],
  ['an odd transfer encoding', [postRaw(BODY, { 'content-length': null, 'transfer-encoding': 'xchunked' })], 'refused'],
  ['a chunk of no size', [text('POST /graphql HTTP/1.1', 'host: a', 'content-type: application/json', 'transfer-encoding: chunked', '', 'zz', BODY, '')], 400, 'BAD_REQUEST'],
  ['a space before the colon', [text('POST /graphql HTTP/1.1', 'host : a', '', '')], 400, 'BAD_REQUEST'],
  ['NUL in a header', [text('POST /graphql HTTP/1.1', 'host: a', 'x: \0', '', '')], 400, 'BAD_REQUEST'],
  ['an expectation', [postRaw(BODY, { expect: 'a-miracle' })], 417, 'EXPECTATION_FAILED'],
  ['an upgrade', [postRaw(BODY, { upgrade: 'websocket', connection: 'upgrade, close' })], 'any'],
  ['an id that would break a line', [postRaw(BODY, { 'x-request-id': 'a"},{"level":"fatal' })], 200],
  ['a tag that matches nothing', [get(QUERY, { 'if-none-match': '*, W/"a", "' })], 200],
  ['an odd host', [postRaw(BODY, { host: '<script>' })], 400, 'BAD_REQUEST'],
  ['an odd host of the page', [request('GET', '/', { host: 'a b', accept: 'text/html' })], 'refused'],
  ['an odd host, by GET', [get(QUERY, { host: 'a b' })], 400, 'BAD_REQUEST'],
  ['a secret in authorization', [postRaw(BODY, { authorization: 'Bearer s3cret', cookie: 'session=s3cret' })], 200],
];

const lines: Case[] = [
  ['GET of nothing', [request('GET', '/graphql')], 400, 'BAD_REQUEST'],
  ["GET from a browser's address bar", [request('GET', '/graphql?query={__typename}', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })], 400, 'BAD_REQUEST'],
  ['GET of a query that another site may have made', [request('GET', '/graphql?query={__typename}')], 400, 'BAD_REQUEST'],
  ['GET of a mutation', [get({ query: 'mutation { __typename }' })], 'refused'],
  ['GET with an odd type', [get(QUERY, { 'content-type': 'message/rfc822' })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['GET with variables that are no JSON', [get({ ...QUERY, variables: '{' })], 400, 'BAD_REQUEST'],
  ['GET with variables that are a list', [get({ ...QUERY, variables: '[]' })], 400, 'BAD_REQUEST'],
  ['GET with variables __proto__', [get({ ...QUERY, variables: '{"__proto__":{"a":1}}' })], 'any'],
  ['GET with variables nested 1 000 deep', [get({ ...QUERY, variables: `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}` })], 400, 'BAD_REQUEST'],
  ['GET with variables nested 7 000 deep', [request('GET', `/graphql?query={__typename}&variables={"a":${'['.repeat(7_000)}${']'.repeat(7_000)}}`, PREFLIGHT)], 400, 'BAD_REQUEST'],
  ['GET with extensions nested 7 000 deep', [request('GET', `/graphql?query={__typename}&extensions={"a":${'['.repeat(7_000)}${']'.repeat(7_000)}}`, PREFLIGHT)], 400, 'BAD_REQUEST'],
  ['GET with two queries', [request('GET', '/graphql?query={a}&query={b}', PREFLIGHT)], 400, 'BAD_REQUEST'],
  ['GET with a broken escape', [request('GET', '/graphql?query=%zz', PREFLIGHT)], 'refused'],
  ['GET with a body', [request('GET', '/graphql?query={__typename}', PREFLIGHT, BODY)], 'any'],
  ...['PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT'].map((method): Case => [method, [request(method, '/graphql')], 405, 'METHOD_NOT_ALLOWED']),
  ...['/health', '/healthz', '/readyz', '/metrics'].flatMap((path) =>
    ['POST', 'PUT', 'DELETE', 'TRACE'].map((method): Case => [`${method} ${path}`, [request(method, path)], 405, 'METHOD_NOT_ALLOWED']),
  ),
  ['CONNECT, and megabytes', [request('CONNECT', '/graphql', {}, Buffer.alloc(8_000_000, ' '))], 405, 'METHOD_NOT_ALLOWED'],
  ...['/*', '/:a', '/(', '/reader/(((', '/a:b(c'].map((path): Case => [`the address ${path}`, [request('POST', path)], 404, 'NOT_FOUND']),
  ['10 MB to another address', [request('POST', '/nothing', {}, Buffer.alloc(10_000_000, ' '))], 'refused'],
  ['OPTIONS', [request('OPTIONS', '/graphql')], 204],
  ['a method that is none', [request('FOO', '/graphql')], 'refused'],
  ['a method of other servers', [request('PROPFIND', '/graphql')], 'refused'],
  ['another address', [request('GET', '/nothing')], 404, 'NOT_FOUND'],
  ['an address that climbs', [request('GET', '/graphql/../../etc/passwd')], 404, 'NOT_FOUND'],
  ['an address that climbs, escaped', [request('GET', '/%2e%2e/%2e%2e/etc/passwd')], 404, 'NOT_FOUND'],
  ['an address that is no UTF-8', [request('GET', '/%ff')], 400, 'BAD_REQUEST'],
  ['an address without a slash', [request('GET', 'graphql')], 'refused'],
  ['an address of another host', [request('GET', 'http://169.254.169.254/latest/meta-data')], 'refused'],
  ['an old HTTP', [Buffer.from('GET /graphql\r\n\r\n')], 'refused'],
  ['HTTP 2', [Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')], 'refused'],
  ['HTTP 9', [Buffer.from('GET /graphql HTTP/9.9\r\nhost: a\r\n\r\n')], 'refused'],
  ['TLS', [Buffer.from('1603010200010001fc0303', 'hex')], 400, 'BAD_REQUEST'],
  ['megabytes of no HTTP', [Buffer.alloc(8_000_000, 1)], 400, 'BAD_REQUEST'],
  ['bytes by chance', [Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 131) % 256))], 400, 'BAD_REQUEST'],
];

/** Within the deadlines that the suite sets: 1 second for headers, 3 for all. */
export const slow: Case[] = [
  ['headers that never end', [text('POST /graphql HTTP/1.1', 'host: a', 'x: '), 400, text('y'), 400, text('y'), 5_000], 408, 'REQUEST_TIMEOUT'],
  ['a body that never comes', [text('POST /graphql HTTP/1.1', 'host: a', 'content-type: application/json', 'content-length: 100', '', '{"query"'), 8_000], 408, 'REQUEST_TIMEOUT'],
  [
    'a body by the byte',
    [text('POST /graphql HTTP/1.1', 'host: a', 'content-type: application/json', 'content-length: 100', '', '{'), ...Array.from({ length: 14 }, () => [500, text(' ')]).flat()],
    408,
    'REQUEST_TIMEOUT',
  ],
  ['a first line that stops', [text('POST /gra'), 5_000], 408, 'REQUEST_TIMEOUT'],
];

export const requests: Case[] = [...bodies, ...headers, ...lines, ['a plain operation', [ask('{ __typename }')], 200]];
