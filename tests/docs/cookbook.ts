import { operations } from '@dossier/client';
import type { TestGraph } from '../support/graph.js';
import { formatJson } from './responses.js';

const AUDIENCES = ['Journalist', 'Sanctions analyst', 'Economist', 'Frontend developer'];
const HEAD = `# Cookbook

Questions that people ask first, each with its operation and the start of its answer on the first document. Whole operations
stand under "Question" on the page at \`/\`, and typed in [the client](../packages/client/README.md); here, the fragments that
they share are [at the end](#fragments). Answers are from a graph without the document's text, so that \`excerpt\` is null; of
each list the first entry is shown, and what is nested deeper is left out as \`…\`.

Written by \`npm run guides\`, and checked by the tests.`;

/** How deep an answer is shown. */
const DEPTH = 6;

/** The page of all operations with their answers. */
export async function cookbook(graph: TestGraph): Promise<string> {
  const parts = [HEAD];
  const fragments = new Map<string, string>();
  for (const audience of AUDIENCES) {
    parts.push(`## ${audience}`);
    for (const { question, text, audience: whose, name } of operations) {
      if (whose !== audience) continue;
      const { data, errors } = await graph.query(text);
      if (errors) throw new Error(`${name}: ${errors.map(({ message }) => message).join(' ')}`);
      const [operation = '', ...shared] = text.trimEnd().split(/\n\n(?=fragment )/);
      for (const fragment of shared) fragments.set(fragment.slice(0, fragment.indexOf('{')), fragment);
      parts.push(
        `### ${question}`,
        block('graphql', operation),
        block('json', formatJson(truncateLists({ data }, DEPTH))),
      );
    }
  }
  parts.push(
    '## Fragments',
    ...[...fragments]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, fragment]) => block('graphql', fragment)),
  );
  return `${parts.join('\n\n')}\n`;
}

const block = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;

function truncateLists(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.length === 0
      ? []
      : depth > 0
        ? [truncateLists(value[0], depth), ...(value.length > 1 ? ['…'] : [])]
        : ['…'];
  if (depth === 0) return '…';
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, truncateLists(member, depth - 1)]));
}
