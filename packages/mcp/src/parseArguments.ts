import type { z } from 'zod';
import { type CodedError, GraphError } from './graphError.js';

const MAX_PROBLEMS = 10;
/** Maximum length of a name that the client made up, in characters. */
const MAX_NAME = 60;

/** The arguments of a call. Throws a GraphError with an error for each argument that is not valid. */
export function parseArguments<Schema extends z.ZodObject>(schema: Schema, args: unknown): z.output<Schema> {
  const result = parseSafely(schema, args);
  if (result.success) return result.data;
  const problems = result.issues.slice(0, MAX_PROBLEMS).flatMap((issue) => describe(issue, schema));
  throw new GraphError(problems.slice(0, MAX_PROBLEMS).map(invalid));
}

const invalid = (message: string): CodedError => ({ code: 'BAD_USER_INPUT', message });

function parseSafely<Schema extends z.ZodObject>(schema: Schema, args: unknown) {
  try {
    const result = schema.safeParse(args);
    return result.success ? result : { success: false as const, issues: result.error.issues };
  } catch (error) {
    // Zod collects issues as arguments of one call, and very many overflow the stack.
    if (!(error instanceof RangeError)) throw error;
    throw new GraphError([invalid('The arguments have too many values that are not valid.')]);
  }
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodObject): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, MAX_PROBLEMS)
      .map((key) => `${quoted(key)} is not an argument; expected ${Object.keys(schema.shape).join(', ')}.`);
  if (issue.path.length === 0) return [`The arguments are not valid: ${issue.message}.`];
  return [`${quoted(issue.path.map(String).join('.'))} is not valid: ${issue.message}.`];
}

const quoted = (name: string): string => {
  const characters = [...name];
  return JSON.stringify(characters.length > MAX_NAME ? `${characters.slice(0, MAX_NAME).join('')}…` : name);
};
