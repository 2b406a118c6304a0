import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print } from 'graphql';

const folder = join(import.meta.dirname, '../operations');

/** Each `.graphql` file of the operations, fragments included. */
export const operationFiles = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return { location: file, rawSDL: text, document: parse(text, { noLocation: true }) };
    });

/** The operations by name: audience, question, and the text that is sent, printed from the generated documents. */
export function operationList(generated) {
  const documents = new Map(
    [...generated.matchAll(/^export const (\w+)Document = (\{.*\}) as unknown as /gm)].map(([, name, document]) => [
      name,
      JSON.parse(document),
    ]),
  );
  return operationFiles().flatMap(({ location, rawSDL, document }) => {
    const [operation] = document.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
    const name = operation.name.value;
    const [, audience, question] = /^# ([^:]+): (.+\?)\n/.exec(rawSDL) ?? [];
    if (!question) throw new Error(`${location} must begin with "# <audience>: <question>?".`);
    return [{ name, audience, question, text: print(documents.get(name)) }];
  });
}
