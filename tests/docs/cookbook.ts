import { operations } from '@dossier/client';
import type { TestGraph } from '../support/graph.js';
import { formatJson } from './responses.js';

const AUDIENCES = ['Journalist', 'Sanctions analyst', 'Economist', 'Frontend developer'];
const INTRODUCTION = `# Cookbook

Questions that people ask first, each with its operation and the start of its response for the first document. The page at \`/\` offers
the same operations under "Question", and [the client](../packages/client/README.md) has them typed; the fragments that they share are
[at the end](#fragments). The graph had no text mounted, so \`excerpt\` is null. Of each list only the first entry is shown, and deeper
levels are left out as \`…\`.

Written by \`npm run guides\` and checked by the tests.`;

/** Levels of a response that are shown. */
const MAX_DEPTH = 6;

/** The page of all operations with their responses. */
export async function cookbook(graph: TestGraph): Promise<string> {
  const parts = [INTRODUCTION];
  const fragments = new Map<string, string>();
  for (const audience of AUDIENCES) {
    parts.push(`## ${audience}`);
    for (const { question, text, name, ...operationOf } of operations) {
      if (operationOf.audience !== audience) continue;
      const { data, errors } = await graph.query(text);
      if (errors) throw new Error(`${name}: ${errors.map(({ message }) => message).join(' ')}`);
      const [operation = '', ...shared] = text.trimEnd().split(/\n\n(?=fragment )/);
      for (const fragment of shared) fragments.set(fragment.slice(0, fragment.indexOf('{')), fragment);
      parts.push(
        `### ${question}`,
        block('graphql', operation),
        block('json', formatJson(shorten({ data }, MAX_DEPTH))),
      );
    }
  }
  parts.push(
    '## Fragments',
    ...[...fragments].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fragment]) => block('graphql', fragment)),
  );
  return `${parts.join('\n\n')}\n`;
}

const block = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;

function shorten(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.length === 0 ? [] : depth > 0 ? [shorten(value[0], depth), ...(value.length > 1 ? ['…'] : [])] : ['…'];
  if (depth === 0) return '…';
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shorten(member, depth - 1)]));
}
