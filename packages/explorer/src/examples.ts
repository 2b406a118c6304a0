import { operations } from '@dossier/client';

/** An operation as it is offered: for whom, which question, and the text with both above it. */
export interface ExampleOperation {
  name: string;
  audience: string;
  question: string;
  text: string;
}

/** Whoever is named first begins; what our own pages ask stands last. */
const AUDIENCES = ['Journalist', 'Sanctions analyst', 'Economist', 'Frontend developer', 'Reader'];

export const examples: readonly ExampleOperation[] = operations
  .map(({ text, ...rest }) => ({ ...rest, text: `# ${rest.audience}: ${rest.question}\n${text}\n` }))
  .sort((a, b) => AUDIENCES.indexOf(a.audience) - AUDIENCES.indexOf(b.audience));

/** What the page opens with: it goes through all four services. */
const DEFAULT_NAME = 'ClaimsAndProvisions';

/** Which question the address names, by the name of its operation; else the first. */
export function exampleOf(address: URL): ExampleOperation {
  const named = address.searchParams.get('operation');
  const question = examples.find(({ name }) => name === named) ?? examples.find(({ name }) => name === DEFAULT_NAME);
  if (!question) throw new Error('There is no operation to offer.');
  return question;
}
