import { z } from 'zod';
import { tools } from './tools/index.js';

/** JSON-RPC 2.0, 5.1 "Error object": https://www.jsonrpc.org/specification#error_object */
const INVALID_PARAMS = -32602;
/** Tools have at most a dozen. */
const MAX_ARGUMENTS = 100;
const MAX_URI = 2000;
const MAX_TEXT = 1000;
const MAX_SHOWN = 60;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const toolNames: ReadonlySet<string> = new Set(tools.map(({ name }) => name));
const text = z.string().max(MAX_TEXT);
const page = z.looseObject({ cursor: z.string().optional() }).optional();

/** What the SDK would answer with an internal error, the text of a schema, or all that the client sent. */
const PARAMS = new Map<string, z.ZodType>([
  [
    'initialize',
    z.looseObject({
      protocolVersion: text,
      capabilities: z.looseObject({}),
      clientInfo: z.looseObject({ name: text, version: text }),
    }),
  ],
  ['tools/list', page],
  ['resources/list', page],
  ['resources/templates/list', page],
  ['resources/read', z.looseObject({ uri: z.string().max(MAX_URI) })],
  [
    'tools/call',
    z.looseObject({
      name: z.string().refine((name) => toolNames.has(name), {
        error: ({ input }) => `${shown(String(input))} is not a tool; expected ${[...toolNames].join(', ')}`,
      }),
      arguments: z
        .custom((value) => value === undefined || isObject(value), 'expected an object')
        .refine((value) => !isObject(value) || Object.keys(value).length <= MAX_ARGUMENTS, 'too many arguments'),
    }),
  ],
]);

interface ErrorResponse {
  jsonrpc: '2.0';
  id: string | number;
  error: { code: number; message: string; data: { code: string } };
}

/** The error response to a request without the parameters that its method needs. Null if it has them, or for any other message. */
export function checkRequest(message: unknown): ErrorResponse | null {
  if (!isObject(message)) return null;
  const { id, method, params } = message;
  const schema = typeof method === 'string' ? PARAMS.get(method) : undefined;
  if (!schema || (typeof id !== 'string' && typeof id !== 'number')) return null;
  const result = schema.safeParse(params);
  if (result.success) return null;
  const problems = result.error.issues.map(
    ({ path, message: problem }) => `${JSON.stringify(['params', ...path].join('.'))} is not valid: ${problem}.`,
  );
  return {
    jsonrpc: '2.0',
    id,
    error: { code: INVALID_PARAMS, message: problems.join(' '), data: { code: 'BAD_USER_INPUT' } },
  };
}

/** A text that the client sent, for a message. */
function shown(sent: string): string {
  const characters = [...sent.slice(0, 2 * MAX_SHOWN)];
  return JSON.stringify(characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : sent);
}
