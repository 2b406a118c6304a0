import type { FastifyRequest } from 'fastify';

/** The path of the GraphQL endpoint. */
export const GRAPHQL_PATH = '/graphql';

/** Methods that some route handles. */
export const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'] as const;

/** Whether a request has a safe method: it must not change anything (RFC 9110, 9.2.1). */
export const isSafe = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';
