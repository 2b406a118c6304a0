import type { TestGraph } from '../support/graph.js';

const EXAMPLE = /^```graphql\n((?:(?!^```)[\s\S])*)^```\n\n```json\n[\s\S]*?^```$/gm;

/** The text with the graph's current response under each query that is followed by one. */
export async function withResponses(text: string, graph: TestGraph): Promise<string> {
  let updated = text;
  for (const [example, query = ''] of text.matchAll(EXAMPLE)) {
    const { data, errors } = await graph.query(query);
    if (errors) throw new Error(`${query}\n${errors.map(({ message }) => message).join('\n')}`);
    updated = updated.replace(
      example,
      () => `\`\`\`graphql\n${query}\`\`\`\n\n\`\`\`json\n${formatJson({ data })}\n\`\`\``,
    );
  }
  return updated;
}

/** A value as JSON, on one line if that is short. */
export function formatJson(value: unknown, indent = ''): string {
  const line = oneLine(value);
  if (typeof value !== 'object' || value === null || (indent !== '' && indent.length + line.length <= 110)) return line;
  const nested = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((item) => nested + formatJson(item, nested)).join(',\n')}\n${indent}]`;
  const entries = Object.entries(value).map(
    ([name, entry]) => `${nested}${JSON.stringify(name)}: ${formatJson(entry, nested)}`,
  );
  return `{\n${entries.join(',\n')}\n${indent}}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, entry]) => `${JSON.stringify(name)}: ${oneLine(entry)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
