import { operations } from '@dossier/client';

/** An operation of the menu. `text` begins with a comment that names the audience and the question. */
export interface ExampleOperation {
  name: string;
  audience: string;
  question: string;
  text: string;
}

/** The order of the menu. The operations of the reader come last. */
const AUDIENCES = ['Journalist', 'Sanctions analyst', 'Economist', 'Frontend developer', 'Reader'];

export const examples: readonly ExampleOperation[] = operations
  .map(({ text, ...rest }) => ({ ...rest, text: `# ${rest.audience}: ${rest.question}\n${text}\n` }))
  .sort((a, b) => AUDIENCES.indexOf(a.audience) - AUDIENCES.indexOf(b.audience));

/** The initial operation: it needs all four services. */
const DEFAULT_NAME = 'ClaimsAndProvisions';

/** The example whose operation name is in the URL; else the default one. */
export function exampleOf(address: URL): ExampleOperation {
  const named = address.searchParams.get('operation');
  const example = examples.find(({ name }) => name === named) ?? examples.find(({ name }) => name === DEFAULT_NAME);
  if (!example) throw new Error('There are no example operations.');
  return example;
}
