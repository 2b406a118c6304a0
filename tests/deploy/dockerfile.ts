import { DockerfileParser } from 'dockerfile-ast';
import { readDeploy } from './files.js';

export const dockerfile = readDeploy('Dockerfile');

export const instructions = DockerfileParser.parse(dockerfile)
  .getInstructions()
  .map((instruction) => ({ keyword: instruction.getKeyword(), said: instruction.getArgumentsContent() ?? '' }));

/** The commands of the build stage after `npm run build`, which make its folder that of the image; for a shell. */
export function removalCommands(): string[] {
  const built = instructions.findIndex(({ keyword, said }) => keyword === 'RUN' && said === 'npm run build');
  const end = instructions.findIndex(({ keyword }, index) => keyword === 'FROM' && index > built);
  if (built < 0 || end < 0) throw new Error('The Dockerfile has no stage that builds.');
  return instructions.slice(built + 1, end).flatMap(({ keyword, said }) => (keyword === 'RUN' ? [said] : []));
}
