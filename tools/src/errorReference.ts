import type { Catalogue } from '@dossier/http-server';

/** Codes as a page of Markdown. */
export function errorReference(parts: { title: string; catalogue: Catalogue }[]): string {
  const sections = parts.map(({ title, catalogue }) => {
    const rows = Object.entries(catalogue)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { status, sentence, remedy }]) => `| \`${code}\` | ${status ?? '200'} | ${sentence} | ${remedy} |`);
    return [
      `## ${title}`,
      '',
      '| Code | Status | What it means | What to do |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  return [
    '# Errors\n\nWritten by `npm run docs`. Every error has a stable code at `errors[].extensions.code`; messages may change. An answer without `data` was not run. A status of 200 means that the operation was run, and the error stands at its `path`. Every answer names the request in `x-request-id`, under which the log has the rest.',
    ...sections,
  ]
    .join('\n\n')
    .concat('\n');
}
