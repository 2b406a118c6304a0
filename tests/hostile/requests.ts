import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { get, post, postQuery, postRaw, request, type Sent } from './exchange.js';

/**
 * A title, the bytes sent, and the expected response: a status with a code, a client error, one that a server with pages sends as a page,
 * or any response that meets the invariants.
 */
export type Case = [name: string, sent: Sent, status: number | 'refused' | 'refused as a page' | 'any', code?: string];

const QUERY = { query: '{ __typename }' };
const BODY = JSON.stringify(QUERY);
const PREFLIGHT = { 'apollo-require-preflight': '1' };
const zeros = Buffer.from(`{"query":"${' '.repeat(50_000_000)}"}`);
const text = (...rows: string[]): Buffer => Buffer.from(rows.join('\r\n'), 'latin1');

const chunked = text(
  'POST /graphql HTTP/1.1',
  'host: localhost',
  'content-type: application/json',
  'transfer-encoding: chunked',
  'connection: close',
  '',
  '',
);

const bodies: Case[] = [
  ['no body', [postRaw('')], 400, 'BAD_REQUEST'],
  ['an unclosed object', [postRaw('{')], 400, 'BAD_REQUEST'],
  ['a batch of requests', [post([QUERY, QUERY])], 400, 'BAD_REQUEST'],
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
  [
    'an operation name with a line break',
    [post({ query: '{ __typename }', operationName: 'A\nB' })],
    400,
    'BAD_REQUEST',
  ],
  ['an operation name that is empty', [post({ ...QUERY, operationName: '' })], 'any'],
  [
    'an operation name that is not in the document',
    [post({ query: 'query A { __typename }', operationName: 'B' })],
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  [
    'several operations and no name',
    [post({ query: 'query A { __typename } query B { __typename }' })],
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  ['a member named __proto__', [postRaw('{"query":"{ __typename }","__proto__":{"a":1}}')], 400, 'BAD_REQUEST'],
  [
    'a member named constructor',
    [postRaw('{"query":"{ __typename }","variables":{"constructor":{"prototype":{"a":1}}}}')],
    400,
    'BAD_REQUEST',
  ],
  [
    'invalid UTF-8',
    [postRaw(Buffer.concat([Buffer.from('{"query":"{ __typename } #'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]))],
    400,
    'BAD_REQUEST',
  ],
  [
    'overlong UTF-8',
    [postRaw(Buffer.concat([Buffer.from('{"query":"{ __typename } #'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]))],
    400,
    'BAD_REQUEST',
  ],
  ['a byte order mark', [postRaw(`\ufeff${BODY}`)], 'any'],
  ['NUL in JSON', [postRaw('{"query":"{ __typename }\u0000"}')], 400, 'BAD_REQUEST'],
  [
    'lists nested 100 000 deep',
    [postRaw(`{"query":"{ __typename }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`)],
    400,
    'BAD_REQUEST',
  ],
  [
    'objects nested 50 000 deep',
    [postRaw(`{"query":"{ __typename }","variables":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`)],
    400,
    'BAD_REQUEST',
  ],
  ['duplicate members', [postRaw('{"query":"{ a }","query":"{ __typename }"}')], 'any'],
  ['a number that overflows', [postRaw('{"query":"{ __typename }","variables":{"a":1e999}}')], 'any'],
  ['a lone surrogate', [postRaw('{"query":"{ __typename }","variables":{"a":"\\ud800"}}')], 'any'],
  [
    'a persisted document that is not in the cache',
    [post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } })],
    'any',
  ],
  ['a body above the limit', [postRaw(JSON.stringify({ query: ' '.repeat(1_100_000) }))], 413, 'PAYLOAD_TOO_LARGE'],
  [
    'a chunked body above the limit',
    [chunked, ...Array.from({ length: 12 }, () => text('186a0', 'x'.repeat(100_000), ''))],
    413,
    'PAYLOAD_TOO_LARGE',
  ],
  ['a body of 10 MB, sent completely', [postRaw(Buffer.alloc(10_000_000, ' '))], 413, 'PAYLOAD_TOO_LARGE'],
  [
    'a chunked body of 10 MB',
    [chunked, ...Array.from({ length: 100 }, () => text('186a0', 'x'.repeat(100_000), ''))],
    413,
    'PAYLOAD_TOO_LARGE',
  ],
  ['a Content-Length of 100 GB', [postRaw(BODY, { 'content-length': '99999999999' })], 413, 'PAYLOAD_TOO_LARGE'],
  ['50 MB compressed with gzip', [postRaw(gzipSync(zeros), { 'content-encoding': 'gzip' })], 413, 'PAYLOAD_TOO_LARGE'],
  [
    '50 MB compressed with Brotli',
    [postRaw(brotliCompressSync(zeros), { 'content-encoding': 'br' })],
    413,
    'PAYLOAD_TOO_LARGE',
  ],
  [
    '50 MB compressed with deflate',
    [postRaw(deflateSync(zeros), { 'content-encoding': 'deflate' })],
    413,
    'PAYLOAD_TOO_LARGE',
  ],
  ['invalid gzip', [postRaw(BODY, { 'content-encoding': 'gzip' })], 400, 'BAD_REQUEST'],
  ['truncated gzip', [postRaw(gzipSync(BODY).subarray(0, 20), { 'content-encoding': 'gzip' })], 400, 'BAD_REQUEST'],
  ['an unknown encoding', [postRaw(BODY, { 'content-encoding': 'zstd' })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  [
    'an encoding named as a property of Object.prototype',
    [postRaw(BODY, { 'content-encoding': 'constructor' })],
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  [
    'two encodings',
    [postRaw(gzipSync(gzipSync(BODY)), { 'content-encoding': 'gzip, gzip' })],
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
];

const headers: Case[] = [
  ...['utf-16', 'utf-7', 'iso-8859-1', 'us-ascii', '"utf-32"', ''].map(
    (charset): Case => [
      `charset ${charset || 'of no name'}`,
      [postRaw(BODY, { 'content-type': `application/json; charset=${charset}` })],
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
  ),
  ...[
    'text/plain',
    'text/html',
    'multipart/form-data; boundary=a',
    'application/x-www-form-urlencoded',
    'application/graphql',
    'application/jsonp',
    'a',
    '/',
  ].map((type): Case => [`type ${type}`, [postRaw(BODY, { 'content-type': type })], 415, 'UNSUPPORTED_MEDIA_TYPE']),
  [
    'two charsets',
    [postRaw(BODY, { 'content-type': 'application/json; charset=utf-8; charset=utf-16' })],
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  [
    '10 MB of an unsupported media type',
    [postRaw(Buffer.alloc(10_000_000, ' '), { 'content-type': 'text/plain' })],
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  [
    '10 MB with an unsupported Accept header',
    [postRaw(Buffer.alloc(10_000_000, ' '), { accept: 'image/png' })],
    406,
    'NOT_ACCEPTABLE',
  ],
  [
    '10 MB with an Expect header',
    [postRaw(Buffer.alloc(10_000_000, ' '), { expect: 'a-miracle' })],
    417,
    'EXPECTATION_FAILED',
  ],
  ['a header of 8 MB', [postRaw(BODY, { x: 'y'.repeat(8_000_000) })], 431, 'HEADERS_TOO_LARGE'],
  ['no Content-Type', [postRaw(BODY, { 'content-type': null })], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ...['text/html', 'image/*', 'application/json;q=0', 'multipart/mixed', 'a'].map(
    (accept): Case => [`accept ${accept}`, [postRaw(BODY, { accept })], 406, 'NOT_ACCEPTABLE'],
  ),
  ['a header of 40 000 bytes', [postRaw(BODY, { x: 'y'.repeat(40_000) })], 431, 'HEADERS_TOO_LARGE'],
  ['a URL of 40 000 bytes', [get({ query: `{ a${' '.repeat(40_000)} }` })], 431, 'HEADERS_TOO_LARGE'],
  [
    '3 000 headers',
    [postRaw(BODY, Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`x-${at}`, 'y'])))],
    431,
    'HEADERS_TOO_LARGE',
  ],
  ['no Host header', [postRaw(BODY, { host: null })], 400, 'BAD_REQUEST'],
  [
    'both Content-Length and Transfer-Encoding',
    [postRaw(`0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n`, { 'transfer-encoding': 'chunked' })],
    400,
    'BAD_REQUEST',
  ],
  [
    'two Content-Length headers',
    [text('POST /graphql HTTP/1.1', 'host: localhost', 'content-length: 5', 'content-length: 6', '', 'hello')],
    400,
    'BAD_REQUEST',
  ],
  ['an invalid Content-Length', [postRaw(BODY, { 'content-length': '+5' })], 400, 'BAD_REQUEST'],
  ['an invalid chunk size followed by megabytes', [chunked, text('zz', 'x'.repeat(8_000_000), '')], 400, 'BAD_REQUEST'],
  [
    'an unknown transfer encoding',
    [postRaw(BODY, { 'content-length': null, 'transfer-encoding': 'xchunked' })],
    'refused',
  ],
  [
    'an invalid chunk size',
    [
      text(
        'POST /graphql HTTP/1.1',
        'host: localhost',
        'content-type: application/json',
        'transfer-encoding: chunked',
        '',
        'zz',
        BODY,
        '',
      ),
    ],
    400,
    'BAD_REQUEST',
  ],
  ['a space before the colon of a header', [text('POST /graphql HTTP/1.1', 'host : a', '', '')], 400, 'BAD_REQUEST'],
  ['NUL in a header', [text('POST /graphql HTTP/1.1', 'host: localhost', 'x: \0', '', '')], 400, 'BAD_REQUEST'],
  ['an unknown expectation', [postRaw(BODY, { expect: 'a-miracle' })], 417, 'EXPECTATION_FAILED'],
  ['an upgrade to WebSocket', [postRaw(BODY, { upgrade: 'websocket', connection: 'upgrade, close' })], 'any'],
  ['a request id that would break a log line', [postRaw(BODY, { 'x-request-id': 'a"},{"level":"fatal' })], 200],
  ['an entity tag that does not match', [get(QUERY, { 'if-none-match': '*, W/"a", "' })], 200],
  ['an invalid host', [postRaw(BODY, { host: '<script>' })], 400, 'BAD_REQUEST'],
  [
    'an invalid host for the landing page',
    [request('GET', '/', { host: 'a b', accept: 'text/html' })],
    'refused as a page',
  ],
  ['a page with a malformed escape', [request('GET', '/reader/%zz', { accept: 'text/html' })], 'refused as a page'],
  [
    'a page with markup in its address',
    [request('GET', '/a/"><img src=x onerror=alert(1)>'.replaceAll(' ', '%20'), { accept: 'text/html' })],
    'refused as a page',
  ],
  ['an invalid host in a GET request', [get(QUERY, { host: 'a b' })], 400, 'BAD_REQUEST'],
  [
    'two Host headers',
    [
      text(
        'POST /graphql HTTP/1.1',
        'host: localhost',
        'host: localhost',
        'content-type: application/json',
        `content-length: ${BODY.length}`,
        '',
        BODY,
      ),
    ],
    400,
    'BAD_REQUEST',
  ],
  ['the host of another site', [postRaw(BODY, { host: 'evil.example' })], 421, 'HOST_NOT_ALLOWED'],
  ['the host of another site in a GET request', [get(QUERY, { host: 'evil.example:80' })], 421, 'HOST_NOT_ALLOWED'],
  ['a host with credentials', [postRaw(BODY, { host: 'a:b@localhost' })], 400, 'BAD_REQUEST'],
  ['15 000 spaces in If-None-Match', [get(QUERY, { 'if-none-match': `"a"${' '.repeat(15_000)}"b"` })], 200],
  ['7 000 empty entity tags in If-None-Match', [get(QUERY, { 'if-none-match': ' ,'.repeat(7_000) })], 200],
  [
    '15 000 spaces in Content-Type',
    [postRaw(BODY, { 'content-type': `application/json${' '.repeat(15_000)};` })],
    'any',
  ],
  [
    '5 000 parameters in Content-Type',
    [postRaw(BODY, { 'content-type': `application/json${'; a'.repeat(5_000)}` })],
    'any',
  ],
  ['3 500 media types in Accept', [postRaw(BODY, { accept: 'a/b,'.repeat(3_500) })], 'any'],
  ['15 000 spaces in Accept', [postRaw(BODY, { accept: `application/json${' '.repeat(15_000)};q=1` })], 'any'],
  ['1 400 encodings in Accept-Encoding', [postRaw(BODY, { 'accept-encoding': 'gzip;q=0.1,'.repeat(1_400) })], 'any'],
  [
    'secrets in Authorization and Cookie',
    [postRaw(BODY, { authorization: 'Bearer s3cret', cookie: 'session=s3cret' })],
    200,
  ],
];

const lines: Case[] = [
  ['GET without a query', [request('GET', '/graphql')], 400, 'BAD_REQUEST'],
  [
    "GET from a browser's address bar",
    [request('GET', '/graphql?query={__typename}', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })],
    'any',
  ],
  ['GET without a preflight header', [request('GET', '/graphql?query={__typename}')], 400, 'BAD_REQUEST'],
  ['GET of a mutation', [get({ query: 'mutation { __typename }' })], 'refused'],
  [
    'GET with an unsupported Content-Type',
    [get(QUERY, { 'content-type': 'message/rfc822' })],
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['GET with variables that are not JSON', [get({ ...QUERY, variables: '{' })], 400, 'BAD_REQUEST'],
  ['GET with variables that are a list', [get({ ...QUERY, variables: '[]' })], 400, 'BAD_REQUEST'],
  ['GET with a variable named __proto__', [get({ ...QUERY, variables: '{"__proto__":{"a":1}}' })], 'any'],
  [
    'GET with variables nested 1 000 deep',
    [get({ ...QUERY, variables: `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}` })],
    400,
    'BAD_REQUEST',
  ],
  [
    'GET with variables nested 7 000 deep',
    [request('GET', `/graphql?query={__typename}&variables={"a":${'['.repeat(7_000)}${']'.repeat(7_000)}}`, PREFLIGHT)],
    400,
    'BAD_REQUEST',
  ],
  [
    'GET with extensions nested 7 000 deep',
    [
      request(
        'GET',
        `/graphql?query={__typename}&extensions={"a":${'['.repeat(7_000)}${']'.repeat(7_000)}}`,
        PREFLIGHT,
      ),
    ],
    400,
    'BAD_REQUEST',
  ],
  [
    'GET with a repeated query parameter',
    [request('GET', '/graphql?query={a}&query={b}', PREFLIGHT)],
    400,
    'BAD_REQUEST',
  ],
  [
    'GET with repeated variables',
    [request('GET', '/graphql?query={__typename}&variables={}&variables={}', PREFLIGHT)],
    400,
    'BAD_REQUEST',
  ],
  [
    'GET with repeated variables, one of them escaped',
    [request('GET', '/graphql?query={__typename}&variables={}&v%61riables={}', PREFLIGHT)],
    400,
    'BAD_REQUEST',
  ],
  [
    'GET with variables that are not UTF-8',
    [request('GET', '/graphql?query={__typename}&variables={"x":"%FF"}', PREFLIGHT)],
    400,
    'BAD_REQUEST',
  ],
  [
    'GET with extensions that are not UTF-8',
    [request('GET', '/graphql?query={__typename}&extensions={"x":"%FF"}', PREFLIGHT)],
    400,
    'BAD_REQUEST',
  ],
  [
    'GET with another parameter that is not UTF-8',
    [request('GET', '/graphql?query={__typename}&x=%FF', PREFLIGHT)],
    400,
    'BAD_REQUEST',
  ],
  ['GET with a URL fragment', [request('GET', '/graphql?query={__typename}#', PREFLIGHT)], 400, 'BAD_REQUEST'],
  ['GET with a URL fragment before the query', [request('GET', '/graphql#?query={__typename}', PREFLIGHT)], 'refused'],
  ['GET with an operation name that is not a name', [get({ ...QUERY, operationName: 'a b' })], 400, 'BAD_REQUEST'],
  ['GET with an invalid percent-encoding', [request('GET', '/graphql?query=%zz', PREFLIGHT)], 'refused'],
  ['GET with a body', [request('GET', '/graphql?query={__typename}', PREFLIGHT, BODY)], 'any'],
  ...['PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT'].map(
    (method): Case => [method, [request(method, '/graphql')], 405, 'METHOD_NOT_ALLOWED'],
  ),
  ...['/health', '/healthz', '/readyz', '/metrics'].flatMap((path) =>
    ['POST', 'PUT', 'DELETE', 'TRACE'].map(
      (method): Case => [`${method} ${path}`, [request(method, path)], 405, 'METHOD_NOT_ALLOWED'],
    ),
  ),
  [
    'CONNECT followed by megabytes',
    [request('CONNECT', '/graphql', {}, Buffer.alloc(8_000_000, ' '))],
    405,
    'METHOD_NOT_ALLOWED',
  ],
  ...['/*', '/:a', '/(', '/reader/(((', '/a:b(c'].map(
    (path): Case => [`the path ${path}`, [request('POST', path)], 404, 'NOT_FOUND'],
  ),
  ['10 MB to an unknown path', [request('POST', '/nothing', {}, Buffer.alloc(10_000_000, ' '))], 'refused'],
  ['OPTIONS', [request('OPTIONS', '/graphql')], 204],
  ['an unknown method', [request('FOO', '/graphql')], 'refused'],
  ['a WebDAV method', [request('PROPFIND', '/graphql')], 'refused'],
  ['an unknown path', [request('GET', '/nothing')], 404, 'NOT_FOUND'],
  ['a path with ..', [request('GET', '/graphql/../../etc/passwd')], 404, 'NOT_FOUND'],
  ['a path with .. percent-encoded', [request('GET', '/%2e%2e/%2e%2e/etc/passwd')], 404, 'NOT_FOUND'],
  ['a path that is not UTF-8', [request('GET', '/%ff')], 400, 'BAD_REQUEST'],
  ['a path without a leading slash', [request('GET', 'graphql')], 'refused'],
  ['an absolute URL of another host', [request('GET', 'http://169.254.169.254/latest/meta-data')], 'refused'],
  ['HTTP 0.9', [Buffer.from('GET /graphql\r\n\r\n')], 'refused'],
  ['HTTP 2', [Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')], 'refused'],
  ['HTTP 9', [Buffer.from('GET /graphql HTTP/9.9\r\nhost: a\r\n\r\n')], 'refused'],
  ['TLS', [Buffer.from('1603010200010001fc0303', 'hex')], 400, 'BAD_REQUEST'],
  ['megabytes that are not HTTP', [Buffer.alloc(8_000_000, 1)], 400, 'BAD_REQUEST'],
  ['pseudo-random bytes', [Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 131) % 256))], 400, 'BAD_REQUEST'],
];

/** Slow requests. The suite sets timeouts of 1 second for headers and 3 for the request. */
export const slow: Case[] = [
  [
    'headers that never end',
    [text('POST /graphql HTTP/1.1', 'host: localhost', 'x: '), 400, text('y'), 400, text('y'), 5_000],
    408,
    'REQUEST_TIMEOUT',
  ],
  [
    'a body that never comes',
    [
      text(
        'POST /graphql HTTP/1.1',
        'host: localhost',
        'content-type: application/json',
        'content-length: 100',
        '',
        '{"query"',
      ),
      8_000,
    ],
    408,
    'REQUEST_TIMEOUT',
  ],
  [
    'a body sent one byte at a time',
    [
      text(
        'POST /graphql HTTP/1.1',
        'host: localhost',
        'content-type: application/json',
        'content-length: 100',
        '',
        '{',
      ),
      ...Array.from({ length: 14 }, () => [500, text(' ')]).flat(),
    ],
    408,
    'REQUEST_TIMEOUT',
  ],
  ['an incomplete request line', [text('POST /gra'), 5_000], 408, 'REQUEST_TIMEOUT'],
];

export const requests: Case[] = [
  ...bodies,
  ...headers,
  ...lines,
  ['a document that is not GraphQL', [postQuery('{')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['a valid operation', [postQuery('{ __typename }')], 200],
];
