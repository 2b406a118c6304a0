import type { Settings } from '@dossier/config';

/** Settings as a page of Markdown. */
export function settingsReference(programs: { title: string; settings: Settings }[]): string {
  const sections = programs.map(({ title, settings }) => {
    const rows = Object.entries(settings).map(
      ([name, { description, default: value }]) =>
        `| \`${name}\` | ${value === null ? '' : `\`${value}\``} | ${description} |`,
    );
    return [`## ${title}`, '', '| Variable | Default | |', '| --- | --- | --- |', ...rows].join('\n');
  });
  return [
    `# Configuration\n\nWritten by \`npm run docs\`. Every setting is an environment variable, or a line of one YAML file that \`CONFIG_FILE\` or \`--config\` names (\`PORT: 4000\`; lists may be YAML lists; \`\${env.NAME}\` stands for an environment variable). The environment wins; an empty variable counts as not set, and a relative path begins at the root of the project. All that is wrong, unknown names in the file among it, is told at once, with exit status 2, before anything listens. \`--print-config\` prints what is in effect and where it came from; secrets are not shown.`,
    ...sections,
  ]
    .join('\n\n')
    .concat('\n');
}
