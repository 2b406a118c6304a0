/** What a code of an error means, in words for whoever gets it. */
export interface CodeMeaning {
  /** Status of the answer; null where the operation was run, and its answer is 200 with the error at a field. */
  status: number | null;
  sentence: string;
  remedy: string;
}

export type Catalogue = Readonly<Record<string, CodeMeaning>>;

/** The codes that every process may answer with. */
export const catalogue = {
  BAD_REQUEST: {
    status: 400,
    sentence: 'The request could not be read.',
    remedy:
      'Send a POST with content-type: application/json and a JSON object with "query"; the message says what was wrong. A GET needs the header apollo-require-preflight.',
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    sentence: 'The document is not GraphQL.',
    remedy: 'Mend the syntax at the line and column of the error.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    sentence: 'The document does not fit the schema; the message names the field, argument or value.',
    remedy: 'Compare it with the schema (docs/schema.md, or introspection).',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    sentence: 'The document holds no operation of this name, or several where none is named.',
    remedy: 'Send "operationName" with the name of one of the operations in the document.',
  },
  BAD_USER_INPUT: {
    status: null,
    sentence:
      'A variable or an argument has a value that is not accepted; the message says what was expected. Status 400 where a variable or the size of a page is wrong, so that nothing was run. Of the same request, the first twenty are told.',
    remedy: 'Mend the value.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    sentence: 'No document is kept under this hash.',
    remedy: 'Send the hash together with the document once; Apollo Client does so by itself.',
  },
  PERSISTED_QUERY_INVALID: {
    status: 400,
    sentence: 'The hash that stands for a document is of a version that is not known, or is not that of the document.',
    remedy: 'Send version 1 and the SHA-256 of the document, or no hash.',
  },
  DOCUMENT_NOT_TRUSTED: {
    status: 403,
    sentence: 'Only documents that are known beforehand are run here, and this is none of them.',
    remedy:
      'Send a document of the manifest, by its id or exactly as it stands there. Operators: TRUSTED_DOCUMENTS, TRUSTED_ONLY.',
  },
  SUBSCRIPTION_NOT_SUPPORTED: {
    status: 400,
    sentence: 'Subscriptions are not served.',
    remedy: 'Send a query, again when you need newer data.',
  },
  OPERATION_TOO_LONG: {
    status: 400,
    sentence: 'The document has too many tokens, or a name of more than 200 characters.',
    remedy: 'Put values into variables, divide the operation. Operators: MAX_TOKENS.',
  },
  OPERATION_TOO_DEEP: {
    status: 400,
    sentence: 'Fields stand too deep within each other, or brackets more than 200 deep.',
    remedy: 'Ask for what is deeper by its id, in an operation of its own. Operators: MAX_DEPTH.',
  },
  OPERATION_TOO_MANY_ALIASES: {
    status: 400,
    sentence: 'The document has too many aliases.',
    remedy: 'Ask for many things as one list, or divide the operation. Operators: MAX_ALIASES.',
  },
  OPERATION_TOO_MANY_ROOT_FIELDS: {
    status: 400,
    sentence: 'The operation has too many fields at its root.',
    remedy: 'Divide it into several. Operators: MAX_ROOT_FIELDS.',
  },
  OPERATION_TOO_MANY_DIRECTIVES: {
    status: 400,
    sentence: 'The document has too many directives.',
    remedy: 'Skip and include whole fragments. Operators: MAX_DIRECTIVES.',
  },
  OPERATION_TOO_LARGE: {
    status: 400,
    sentence: 'The operation selects too many fields, its fragments written out.',
    remedy: 'Select less, or divide the operation. Operators: MAX_SELECTIONS.',
  },
  OPERATION_TOO_COSTLY: {
    status: 400,
    sentence:
      'The response might have too many values: objects and leaves count one each, lists as long as they may be, nested lists by their product; searches and counts of whole lists cost extra.',
    remedy: 'Ask for smaller pages (first, last), or for fewer lists within each other. Operators: MAX_COST.',
  },
  OPERATION_TOO_COMPLEX: {
    status: 400,
    sentence:
      'The operation cannot be planned within the limits: its fields can be reached through too many combinations of types and subgraphs.',
    remedy:
      'Select fields on object types (... on Person) instead of on interfaces, or divide the operation. Operators: MAX_PLAN_MS, MAX_PLAN_PATHS.',
  },
  RESPONSE_TOO_LARGE: {
    status: 400,
    sentence: 'The response would be larger than allowed; at a field, that field alone would be, and is null.',
    remedy: 'Select fewer fields or ask for smaller pages. Operators: MAX_RESPONSE_MB.',
  },
  VARIABLES_TOO_LARGE: {
    status: 400,
    sentence: 'The variables of the request are too large.',
    remedy: 'Send less at once. Operators: MAX_VARIABLES_BYTES.',
  },
  GATEWAY_ONLY: {
    status: 403,
    sentence: 'This service answers its gateway alone.',
    remedy: 'Ask the gateway. Operators: the gateway needs the SUBGRAPH_SECRET of the service.',
  },
  HOST_NOT_ALLOWED: {
    status: 421,
    sentence: 'The header "host" of the request names a host under which this server does not answer.',
    remedy: 'Use the name under which the server is published. Operators: ALLOWED_HOSTS.',
  },
  NOT_FOUND: {
    status: 404,
    sentence: 'There is nothing at this address; GraphQL is at /graphql.',
    remedy: 'Ask at /graphql.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    sentence: 'This method is not answered here; GraphQL takes POST, or GET for a query.',
    remedy: 'Use a method that the header "allow" of the answer names; what is no query needs POST.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    sentence: 'The request accepts no type that is answered here.',
    remedy: 'Send accept: application/json, application/graphql-response+json, or no such header.',
  },
  REQUEST_TIMEOUT: { status: 408, sentence: 'The request took too long to arrive.', remedy: 'Send it again, whole.' },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    sentence: 'The body of the request is too large, as it is or when inflated; expected at most 1 MiB.',
    remedy: 'Send a smaller one: move values out of the document, ask for less at once.',
  },
  TOO_MANY_ENTITIES: {
    status: null,
    sentence: 'A service was asked for more entities by their keys, in one request, than it answers.',
    remedy: 'Ask for shorter lists. Operators: MAX_ENTITIES of the service.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    sentence:
      'The body of the request is of a type, charset or encoding that is not read here; expected application/json in UTF-8, plain or as gzip, deflate or br.',
    remedy: 'Send content-type: application/json, in UTF-8; a GET sends no content-type.',
  },
  EXPECTATION_FAILED: {
    status: 417,
    sentence: 'The header "expect" of the request cannot be met; expected 100-continue, or none.',
    remedy: 'Leave the header out.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    sentence: 'This client has asked too often.',
    remedy: 'Wait for the seconds that the header "retry-after" names.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    sentence: 'The address and headers of the request are too large; expected at most 16 KiB.',
    remedy: 'Send less: a long document goes into the body of a POST.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    sentence:
      'The server failed to answer, or a field could not be answered; then the rest of the answer is there, with status 200.',
    remedy:
      'Ask again; if it stays, tell the operator the "x-request-id" of the answer, under which the log has what happened.',
  },
  OPERATION_TIMEOUT: {
    status: 503,
    sentence: 'The operation took longer than a service allows.',
    remedy: 'Select fewer fields or ask for smaller pages. Operators: REQUEST_MS of the service.',
  },
  SERVER_BUSY: {
    status: 503,
    sentence: 'Too many large or new operations are waiting already.',
    remedy: 'Send the request again after the seconds in the header "retry-after".',
  },
  SHUTTING_DOWN: {
    status: 503,
    sentence: 'The server is stopping.',
    remedy: 'Ask again after the seconds that the header "retry-after" names.',
  },
} as const satisfies Catalogue;

export type ServerCode = keyof typeof catalogue;
