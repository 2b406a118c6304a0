/** The meaning of an error code, for clients and operators. */
export interface CodeMeaning {
  /** HTTP status; null if the operation was executed: the status is 200, and the error is at a field. */
  status: number | null;
  sentence: string;
  remedy: string;
}

export type Catalogue = Readonly<Record<string, CodeMeaning>>;

/** The error codes of every process. */
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
    remedy: 'Correct the syntax at the line and column of the error.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    sentence: 'The document is not valid for the schema; the message names the field, argument or value.',
    remedy: 'Compare it with the schema (docs/schema.md, or introspection).',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    sentence: 'The document has no operation with the requested name, or it has several and the request names none.',
    remedy: 'Send "operationName" with the name of one of the operations in the document.',
  },
  BAD_USER_INPUT: {
    status: null,
    sentence:
      'A variable or argument has an invalid value; the message says what was expected. Status 400 if a variable or a page size is invalid: nothing was executed. At most 20 such errors are reported per request.',
    remedy: 'Correct the value.',
  },
  REVISION_MISMATCH: {
    status: 409,
    sentence:
      'The header x-dossier-revision names a revision of the store that this process does not serve; nothing was executed.',
    remedy:
      'Send the request again: another replica may have the revision. Operators: give all replicas of a service the same store.',
  },
  MIXED_REVISIONS: {
    status: 503,
    sentence:
      'Replicas of a subgraph have different revisions of its store, and no replica with the revision of this response was reached.',
    remedy:
      'Retry after a second. Operators: give all replicas of a service the same store; MIXED_REVISIONS=partial nulls the fields instead.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    sentence: 'No persisted document has this hash or id.',
    remedy:
      'Send the hash together with the document once; Apollo Client does this automatically. For an id, send the document.',
  },
  PERSISTED_QUERY_INVALID: {
    status: 400,
    sentence: 'The hash or id of the document is malformed, has an unknown version, or does not match the document.',
    remedy: 'Send version 1 and the SHA-256 of the document, or no hash. Send either an id or a document.',
  },
  DOCUMENT_NOT_TRUSTED: {
    status: 403,
    sentence: 'Only trusted documents are executed here, and this document is not one of them.',
    remedy:
      'Send a document of the manifest, by its id or with exactly the same text. Operators: TRUSTED_DOCUMENTS, TRUSTED_ONLY.',
  },
  SUBSCRIPTION_NOT_SUPPORTED: {
    status: 400,
    sentence: 'Subscriptions are not supported.',
    remedy: 'Send a query, and send it again when you need newer data.',
  },
  OPERATION_TOO_LONG: {
    status: 400,
    sentence: 'The document has too many tokens, or a name longer than 200 characters.',
    remedy: 'Move values into variables, or split the operation. Operators: MAX_TOKENS.',
  },
  OPERATION_TOO_DEEP: {
    status: 400,
    sentence: 'Fields are nested too deeply, or brackets are nested more than 200 deep.',
    remedy: 'Fetch deeper objects by id in a separate operation. Operators: MAX_DEPTH.',
  },
  OPERATION_TOO_MANY_ALIASES: {
    status: 400,
    sentence: 'The document has too many aliases.',
    remedy: 'Use a list instead of many aliases, or split the operation. Operators: MAX_ALIASES.',
  },
  OPERATION_TOO_MANY_ROOT_FIELDS: {
    status: 400,
    sentence: 'The operation has too many root fields.',
    remedy: 'Split the operation. Operators: MAX_ROOT_FIELDS.',
  },
  OPERATION_TOO_MANY_DIRECTIVES: {
    status: 400,
    sentence: 'The document has too many directives.',
    remedy: 'Apply @skip and @include to fragments instead of single fields. Operators: MAX_DIRECTIVES.',
  },
  OPERATION_TOO_LARGE: {
    status: 400,
    sentence: 'The operation selects too many fields, with fragments expanded.',
    remedy: 'Select fewer fields, or split the operation. Operators: MAX_SELECTIONS.',
  },
  OPERATION_TOO_COSTLY: {
    status: 400,
    sentence:
      'The response could have too many values. Every object and leaf counts as one, a list by its maximum length, nested lists by their product; searches and total counts cost extra.',
    remedy: 'Request smaller pages (first, last), or fewer nested lists. Operators: MAX_COST.',
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
    sentence:
      'The response would exceed the size limit. If the error is at a field, only that field exceeds it and is null.',
    remedy: 'Select fewer fields or request smaller pages. Operators: MAX_RESPONSE_MB.',
  },
  VARIABLES_TOO_LARGE: {
    status: 400,
    sentence: 'The variables of the request are too large.',
    remedy: 'Split the request. Operators: MAX_VARIABLES_BYTES.',
  },
  GATEWAY_ONLY: {
    status: 403,
    sentence: 'This service accepts requests from its gateway only.',
    remedy: 'Send the request to the gateway. Operators: the gateway needs the SUBGRAPH_SECRET of the service.',
  },
  HOST_NOT_ALLOWED: {
    status: 421,
    sentence: 'The Host header of the request names a host that this server does not serve.',
    remedy: 'Use the public host name of the server. Operators: ALLOWED_HOSTS.',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    sentence: 'Pages of this origin may not send requests here.',
    remedy: 'Send the request without an Origin header, unless it is from a page. Operators: CORS_ORIGINS.',
  },
  NOT_FOUND: {
    status: 404,
    sentence: 'There is no resource at this path; GraphQL is at /graphql.',
    remedy: 'Send GraphQL requests to /graphql.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    sentence: 'This method is not allowed here; GraphQL accepts POST, and GET for queries.',
    remedy: 'Use a method from the Allow header of the response; operations other than queries need POST.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    sentence: 'The request accepts none of the available media types.',
    remedy: 'Send accept: application/json, application/graphql-response+json, or no such header.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    sentence: 'The request took too long to arrive.',
    remedy: 'Send the complete request again.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    sentence: 'The request body is too large, compressed or decompressed; expected at most 1 MiB.',
    remedy: 'Send a smaller body: move values into variables, or split the request.',
  },
  TOO_MANY_ENTITIES: {
    status: null,
    sentence: 'The request has more entity representations than the service accepts.',
    remedy: 'Request shorter lists. Operators: MAX_ENTITIES of the service.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    sentence:
      'The request body has an unsupported media type, charset or encoding; expected application/json in UTF-8, uncompressed or as gzip, deflate or br.',
    remedy: 'Send content-type: application/json, in UTF-8; a GET sends no content-type.',
  },
  EXPECTATION_FAILED: {
    status: 417,
    sentence: 'The Expect header of the request is not supported; expected 100-continue or no such header.',
    remedy: 'Remove the header.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    sentence: 'This client has sent too many requests.',
    remedy: 'Wait for the number of seconds in the Retry-After header.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    sentence: 'The URL and headers of the request are too large; expected at most 16 KiB.',
    remedy: 'Send long documents in the body of a POST.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    sentence:
      'The server failed to process the request. If only a field failed, the status is 200 and the rest of the response can be used.',
    remedy:
      'Retry; if the error persists, report the "x-request-id" of the response to the operator: the log has the cause.',
  },
  STORE_DAMAGED: {
    status: null,
    sentence:
      'The store of a service is damaged or cannot be read, so the field is null. The rest of the response can be used.',
    remedy:
      'Report it to the operator. Operators: the service is not ready; its log names the file. Run "doctor", and "seed" to rebuild the store.',
  },
  STORE_UNAVAILABLE: {
    status: null,
    sentence:
      'The database of a service cannot be reached or read, so the field is null. The rest of the response can be used.',
    remedy:
      'Retry after a few seconds. Operators: the service is not ready until it can read the database; its log has the reason. Run "doctor".',
  },
  OPERATION_TIMEOUT: {
    status: 503,
    sentence: 'The operation took longer than a service allows.',
    remedy: 'Select fewer fields or request smaller pages. Operators: REQUEST_MS of the service.',
  },
  SERVER_BUSY: {
    status: 503,
    sentence: 'Too many large or new operations are already waiting.',
    remedy: 'Retry after the number of seconds in the Retry-After header.',
  },
  SHUTTING_DOWN: {
    status: 503,
    sentence: 'The server is stopping.',
    remedy: 'Retry after the number of seconds in the Retry-After header.',
  },
} as const satisfies Catalogue;

export type ServerCode = keyof typeof catalogue;
