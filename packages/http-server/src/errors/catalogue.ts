/** The meaning of an error code, for the developer of a client. */
export interface CodeMeaning {
  /** Status of the response; null if the operation was executed: the status is then 200 and the error has a path. */
  status: number | null;
  sentence: string;
  remedy: string;
}

export type Catalogue = Readonly<Record<string, CodeMeaning>>;

/** Error codes that every process may return. */
export const catalogue = {
  BAD_REQUEST: {
    status: 400,
    sentence: 'The request is malformed.',
    remedy:
      'Send a POST with content-type: application/json and a JSON object with "query"; the message says what was wrong. A GET needs the header apollo-require-preflight.',
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    sentence: 'The document has a syntax error.',
    remedy: 'Correct the syntax at the line and column of the error.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    sentence: 'The document is not valid for the schema; the message names the field, argument or value.',
    remedy: 'Compare it with the schema (docs/schema.md, or introspection).',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    sentence: 'The document has no operation with this name, or it has several operations and the request names none.',
    remedy: 'Send "operationName" with the name of one of the operations in the document.',
  },
  BAD_USER_INPUT: {
    status: null,
    sentence:
      'A variable or an argument has a value that is not accepted; the message says what was expected. If a variable or a page size is invalid, the operation is not executed and the status is 400. At most 20 such errors are reported per request.',
    remedy: 'Correct the value.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    sentence: 'No document is registered with this hash.',
    remedy: 'Send the document together with its hash once; Apollo Client does this automatically.',
  },
  PERSISTED_QUERY_INVALID: {
    status: 400,
    sentence: 'The persisted query has an unsupported version, or its hash is not the hash of the document.',
    remedy: 'Send version 1 and the SHA-256 of the document, or no hash.',
  },
  DOCUMENT_NOT_TRUSTED: {
    status: 403,
    sentence: 'Only trusted documents are executed, and this is not one of them.',
    remedy: 'Send the id of a document in the manifest, or its exact text. Operators: TRUSTED_DOCUMENTS, TRUSTED_ONLY.',
  },
  SUBSCRIPTION_NOT_SUPPORTED: {
    status: 400,
    sentence: 'Subscriptions are not supported.',
    remedy: 'Send a query, and repeat it when you need newer data.',
  },
  OPERATION_TOO_LONG: {
    status: 400,
    sentence: 'The document has too many tokens, or a name of more than 200 characters.',
    remedy: 'Move values into variables, or split the operation. Operators: MAX_TOKENS.',
  },
  OPERATION_TOO_DEEP: {
    status: 400,
    sentence: 'Fields are nested too deeply, or brackets more than 200 levels deep.',
    remedy: 'Request deeper objects by id in a separate operation. Operators: MAX_DEPTH.',
  },
  OPERATION_TOO_MANY_ALIASES: {
    status: 400,
    sentence: 'The document has too many aliases.',
    remedy: 'Request several objects as one list, or split the operation. Operators: MAX_ALIASES.',
  },
  OPERATION_TOO_MANY_ROOT_FIELDS: {
    status: 400,
    sentence: 'The operation has too many root fields.',
    remedy: 'Split the operation. Operators: MAX_ROOT_FIELDS.',
  },
  OPERATION_TOO_MANY_DIRECTIVES: {
    status: 400,
    sentence: 'The document has too many directives.',
    remedy: 'Apply @skip and @include to fragments rather than to fields. Operators: MAX_DIRECTIVES.',
  },
  OPERATION_TOO_LARGE: {
    status: 400,
    sentence: 'The operation selects too many fields, including those of its fragments.',
    remedy: 'Select fewer fields, or split the operation. Operators: MAX_SELECTIONS.',
  },
  OPERATION_TOO_COSTLY: {
    status: 400,
    sentence:
      'The response could have too many values: each object and leaf counts as one, each list by its maximum length, nested lists by the product; searches and total counts cost extra.',
    remedy: 'Request smaller pages (first, last) or fewer nested lists. Operators: MAX_COST.',
  },
  OPERATION_TOO_COMPLEX: {
    status: 400,
    sentence:
      'The operation cannot be planned within the limits: its fields can be reached through too many combinations of types and subgraphs.',
    remedy:
      'Select fields on object types (... on Person) instead of on interfaces, or split the operation. Operators: MAX_PLAN_MS, MAX_PLAN_PATHS.',
  },
  RESPONSE_TOO_LARGE: {
    status: 400,
    sentence: 'The response is larger than allowed. If the error has a path, only that field is, and it is null.',
    remedy: 'Select fewer fields or request smaller pages. Operators: MAX_RESPONSE_MB.',
  },
  VARIABLES_TOO_LARGE: {
    status: 400,
    sentence: 'The variables of the request are too large.',
    remedy: 'Send fewer values per request. Operators: MAX_VARIABLES_BYTES.',
  },
  GATEWAY_ONLY: {
    status: 403,
    sentence: 'This service accepts requests from its gateway only.',
    remedy: 'Send the request to the gateway. Operators: the gateway needs the SUBGRAPH_SECRET of the service.',
  },
  HOST_NOT_ALLOWED: {
    status: 421,
    sentence: 'The header "host" of the request names a host that this server does not accept.',
    remedy: 'Use the public host name of the server. Operators: ALLOWED_HOSTS.',
  },
  NOT_FOUND: {
    status: 404,
    sentence: 'There is nothing at this URL; GraphQL is at /graphql.',
    remedy: 'Send GraphQL requests to /graphql.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    sentence: 'This URL does not support the method; GraphQL accepts POST, or GET for a query.',
    remedy: 'Use a method in the header "allow" of the response; a mutation needs POST.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    sentence: 'The request accepts none of the media types that the server can send.',
    remedy: 'Send "accept" with application/json or application/graphql-response+json, or omit the header.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    sentence: 'The request took too long to arrive.',
    remedy: 'Send the complete request again.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    sentence: 'The body of the request is too large, as sent or after decompression; expected at most 1 MiB.',
    remedy: 'Send a smaller body: shorten the document, or request less data at once.',
  },
  TOO_MANY_ENTITIES: {
    status: null,
    sentence: 'A request to a service has more entity representations than the service accepts.',
    remedy: 'Request shorter lists. Operators: MAX_ENTITIES of the service.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    sentence:
      'The body of the request has an unsupported media type, charset or encoding; expected application/json in UTF-8, uncompressed or with gzip, deflate or br.',
    remedy: 'Send content-type: application/json, in UTF-8. Omit it from a GET.',
  },
  EXPECTATION_FAILED: {
    status: 417,
    sentence: 'The header "expect" of the request is not supported; expected 100-continue or no such header.',
    remedy: 'Omit the header.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    sentence: 'This client has sent too many requests.',
    remedy: 'Wait for the number of seconds in the header "retry-after".',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    sentence: 'The URL and headers of the request are too large; expected at most 16 KiB.',
    remedy: 'Send long documents in the body of a POST.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    sentence: 'The request failed. If the error has a path, only that field failed, and the status is 200.',
    remedy:
      'Retry; if it happens again, report the "x-request-id" of the response to the operator, who finds the cause in the log.',
  },
  OPERATION_TIMEOUT: {
    status: 503,
    sentence: 'The operation took longer than a service allows.',
    remedy: 'Select fewer fields or request smaller pages. Operators: REQUEST_MS of the service.',
  },
  SERVER_BUSY: {
    status: 503,
    sentence: 'Too many large or new operations are waiting.',
    remedy: 'Retry after the number of seconds in the header "retry-after".',
  },
  SHUTTING_DOWN: {
    status: 503,
    sentence: 'The server is stopping.',
    remedy: 'Retry after the number of seconds in the header "retry-after".',
  },
} as const satisfies Catalogue;

export type ServerCode = keyof typeof catalogue;
