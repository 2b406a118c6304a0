import type { TestGraph } from '../support/graph.js';

const EXAMPLE = /^```graphql\n((?:(?!^```)[\s\S])*)^```\n\n```json\n[\s\S]*?^```$/gm;

/** The text with each response replaced by the current response of the graph. */
export async function withResponses(text: string, graph: TestGraph): Promise<string> {
  let written = text;
  for (const [example, query = ''] of text.matchAll(EXAMPLE)) {
    const { data, errors } = await graph.query(query);
    if (errors) throw new Error(`${query}\n${errors.map(({ message }) => message).join('\n')}`);
    written = written.replace(
      example,
      () => `\`\`\`graphql\n${query}\`\`\`\n\n\`\`\`json\n${formatJson({ data })}\n\`\`\``,
    );
  }
  return written;
}

/** Formats a value as JSON, on one line if that is short. */
export function formatJson(value: unknown, indent = ''): string {
  const line = formatOnOneLine(value);
  if (typeof value !== 'object' || value === null || (indent !== '' && indent.length + line.length <= 110)) return line;
  const deeper = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((item) => deeper + formatJson(item, deeper)).join(',\n')}\n${indent}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${deeper}${JSON.stringify(name)}: ${formatJson(member, deeper)}`,
  );
  return `{\n${members.join(',\n')}\n${indent}}`;
}

function formatOnOneLine(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(formatOnOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${formatOnOneLine(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
