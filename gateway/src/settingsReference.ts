import type { Settings } from '@dossier/subgraph';

/** Settings as a page of Markdown. */
export function settingsReference(programs: { title: string; settings: Settings }[]): string {
  const sections = programs.map(({ title, settings }) => {
    const rows = Object.entries(settings).map(([name, { description, default: value }]) => `| \`${name}\` | ${value === null ? '' : `\`${value}\``} | ${description} |`);
    return [`## ${title}`, '', '| Variable | Default | |', '| --- | --- | --- |', ...rows].join('\n');
  });
  return [
    '# Configuration\n\nWritten by `npm run docs`. Every setting is an environment variable; an empty one counts as not set, and a relative path begins at the root of the project. All that is wrong is told at once, with exit status 2, before anything listens.',
    ...sections,
  ]
    .join('\n\n')
    .concat('\n');
}
