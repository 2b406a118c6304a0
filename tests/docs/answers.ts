import type { TestGraph } from '../support/graph.js';

const EXAMPLE = /^```graphql\n((?:(?!^```)[\s\S])*)^```\n\n```json\n[\s\S]*?^```$/gm;

/** The text with the graph's own answer under each query that has one under it. */
export async function answered(text: string, graph: TestGraph): Promise<string> {
  let written = text;
  for (const [example, query = ''] of text.matchAll(EXAMPLE)) {
    const { data, errors } = await graph.query(query);
    if (errors) throw new Error(`${query}\n${errors.map(({ message }) => message).join('\n')}`);
    written = written.replace(
      example,
      () => `\`\`\`graphql\n${query}\`\`\`\n\n\`\`\`json\n${folded({ data })}\n\`\`\``,
    );
  }
  return written;
}

/** A value as JSON, on one line where that is short. */
export function folded(value: unknown, indent = ''): string {
  const line = oneLine(value);
  if (typeof value !== 'object' || value === null || (indent !== '' && indent.length + line.length <= 110)) return line;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((item) => deeper + folded(item, deeper)).join(',\n')}\n${indent}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${deeper}${JSON.stringify(name)}: ${folded(member, deeper)}`,
  );
  return `{\n${members.join(',\n')}\n${indent}}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${oneLine(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
