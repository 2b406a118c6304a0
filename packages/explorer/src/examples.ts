import { operations } from '@dossier/client';
import { GraphQLError, Kind, parse } from 'graphql';

/** An example of the menu. `text` begins with a comment that names the audience and the question. */
export interface ExampleOperation {
  name: string;
  audience: string;
  question: string;
  text: string;
}

/** The order of the menu. The operations of the reader come last. */
const AUDIENCES = ['Journalist', 'Sanctions analyst', 'Economist', 'Frontend developer', 'Reader', 'Assistant'];

export const examples: readonly ExampleOperation[] = operations
  .map(({ text, ...rest }) => ({ ...rest, text: `# ${rest.audience}: ${rest.question}\n${text}\n` }))
  .sort((a, b) => AUDIENCES.indexOf(a.audience) - AUDIENCES.indexOf(b.audience));

/** The initial operation: it needs all four services. */
const DEFAULT_NAME = 'ClaimsAndProvisions';

const MAX_QUOTED = 100;

/** What the URL of the page opens. */
export interface Selection {
  /** Name of the example; null for a document of the URL. */
  name: string | null;
  /** The document. */
  text: string;
  /** JSON; empty for none. */
  variables: string;
  /** Why the page does not open what the URL names. */
  problems: string[];
}

/**
 * Reads `query`, or else the example named by `operation`, and `variables`. Without them, opens the default example. An example without
 * variables in the URL has those of `variablesOf`, by its name.
 */
export function selectionOf({ searchParams }: URL, variablesOf: Readonly<Record<string, object>> = {}): Selection {
  const { variables, problems } = parseVariables(searchParams.get('variables') ?? '');
  const query = searchParams.get('query');
  if (query) return { name: null, text: query, variables, problems: [...problems, ...problemsIn(query, variables)] };
  const withVariables = (name: string): string =>
    variables || (Object.hasOwn(variablesOf, name) ? JSON.stringify(variablesOf[name], null, 2) : '');
  const named = searchParams.get('operation');
  const example = examples.find(({ name }) => name === named);
  if (example)
    return {
      name: example.name,
      text: example.text,
      variables: withVariables(example.name),
      problems: [...problems, ...problemsIn(example.text, variables)],
    };
  const initial = examples.find(({ name }) => name === DEFAULT_NAME);
  if (!initial) throw new Error(`There is no example "${DEFAULT_NAME}".`);
  const { name, text } = initial;
  // The variables of the URL are those of the operation that was not found.
  return named
    ? {
        name,
        text,
        variables: variables === '' ? withVariables(name) : '',
        problems: [`There is no example operation "${named.slice(0, MAX_QUOTED)}"; this is ${name}.`],
      }
    : { name, text, variables: withVariables(name), problems };
}

function parseVariables(variables: string): Pick<Selection, 'variables' | 'problems'> {
  if (variables === '' || isJsonObject(variables)) return { variables, problems: [] };
  return {
    variables: '',
    problems: ['The variables in the URL are not a JSON object; expected e.g. {"id":"person:a"}, URL-encoded.'],
  };
}

/** Why a document cannot be executed with these variables, apart from the schema: the editor marks what is against it. */
function problemsIn(text: string, variables: string): string[] {
  try {
    const declared = parse(text).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
        : [],
    );
    const unknown = Object.keys(JSON.parse(variables || '{}')).filter((name) => !declared.includes(name));
    return unknown.map((name) => `The document has no variable "${name.slice(0, MAX_QUOTED)}", which the URL has.`);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line = 1, column = 1 } = error.locations?.[0] ?? {};
    return [
      `The query in the URL is not GraphQL: ${error.message.slice(0, MAX_QUOTED)} (line ${line}, column ${column})`,
    ];
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
